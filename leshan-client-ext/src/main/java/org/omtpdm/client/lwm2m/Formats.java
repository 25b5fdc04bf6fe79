package org.omtpdm.client.lwm2m;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.leshan.core.LwM2m.LwM2mVersion;
import org.eclipse.leshan.core.node.codec.DefaultLwM2mDecoder;
import org.eclipse.leshan.core.node.codec.DefaultLwM2mEncoder;
import org.eclipse.leshan.core.node.codec.LwM2mDecoder;
import org.eclipse.leshan.core.node.codec.LwM2mEncoder;
import org.eclipse.leshan.core.node.codec.LwM2mValueChecker;
import org.eclipse.leshan.core.node.codec.NodeDecoder;
import org.eclipse.leshan.core.node.codec.NodeEncoder;
import org.eclipse.leshan.core.node.codec.PathDecoder;
import org.eclipse.leshan.core.node.codec.PathEncoder;
import org.eclipse.leshan.core.node.codec.cbor.LwM2mNodeCborDecoder;
import org.eclipse.leshan.core.node.codec.cbor.LwM2mNodeCborEncoder;
import org.eclipse.leshan.core.node.codec.opaque.LwM2mNodeOpaqueDecoder;
import org.eclipse.leshan.core.node.codec.opaque.LwM2mNodeOpaqueEncoder;
import org.eclipse.leshan.core.node.codec.senml.LwM2mNodeSenMLDecoder;
import org.eclipse.leshan.core.node.codec.senml.LwM2mNodeSenMLEncoder;
import org.eclipse.leshan.core.node.codec.senml.LwM2mPathSenMLDecoder;
import org.eclipse.leshan.core.node.codec.senml.LwM2mPathSenMLEncoder;
import org.eclipse.leshan.core.node.codec.text.LwM2mNodeTextDecoder;
import org.eclipse.leshan.core.node.codec.text.LwM2mNodeTextEncoder;
import org.eclipse.leshan.core.node.codec.tlv.LwM2mNodeTlvDecoder;
import org.eclipse.leshan.core.node.codec.tlv.LwM2mNodeTlvEncoder;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.senml.cbor.upokecenter.SenMLCborUpokecenterEncoderDecoder;

/**
 * The content formats a device understands: those of LwM2M 1.0 that every device has, and those of
 * 1.1 where it isn't constrained. Coders have no state; all devices of a process share them.
 */
final class Formats {

    private static final class Small {
        private static final LwM2mEncoder ENCODER =
                new DefaultLwM2mEncoder(smallEncoders(), Map.of(), new LwM2mValueChecker());
        private static final LwM2mDecoder DECODER =
                new DefaultLwM2mDecoder(smallDecoders(), Map.of());
    }

    private static final class All {
        private static final LwM2mEncoder ENCODER = allEncoder();
        private static final LwM2mDecoder DECODER = allDecoder();
    }

    private Formats() {}

    static LwM2mEncoder encoder(boolean constrained) {
        return constrained ? Small.ENCODER : All.ENCODER;
    }

    static LwM2mDecoder decoder(boolean constrained) {
        return constrained ? Small.DECODER : All.DECODER;
    }

    /** Those a registration names, because not every device has them. */
    static List<ContentFormat> optional(boolean constrained) {
        return constrained
                ? List.of()
                : ContentFormat.getOptionalContentFormatForClient(
                        List.of(
                                ContentFormat.TLV,
                                ContentFormat.CBOR,
                                ContentFormat.SENML_JSON,
                                ContentFormat.SENML_CBOR),
                        LwM2mVersion.V1_1);
    }

    private static Map<ContentFormat, NodeEncoder> smallEncoders() {
        Map<ContentFormat, NodeEncoder> encoders = new HashMap<>();
        encoders.put(ContentFormat.TEXT, new LwM2mNodeTextEncoder());
        encoders.put(ContentFormat.OPAQUE, new LwM2mNodeOpaqueEncoder());
        encoders.put(ContentFormat.TLV, new LwM2mNodeTlvEncoder());
        return encoders;
    }

    private static Map<ContentFormat, NodeDecoder> smallDecoders() {
        Map<ContentFormat, NodeDecoder> decoders = new HashMap<>();
        decoders.put(ContentFormat.TEXT, new LwM2mNodeTextDecoder());
        decoders.put(ContentFormat.OPAQUE, new LwM2mNodeOpaqueDecoder());
        decoders.put(ContentFormat.TLV, new LwM2mNodeTlvDecoder());
        return decoders;
    }

    private static LwM2mEncoder allEncoder() {
        Map<ContentFormat, NodeEncoder> nodes = smallEncoders();
        nodes.put(ContentFormat.CBOR, new LwM2mNodeCborEncoder());
        nodes.put(ContentFormat.SENML_JSON, new LwM2mNodeSenMLEncoder(new SenMLJson(false)));
        nodes.put(
                ContentFormat.SENML_CBOR,
                new LwM2mNodeSenMLEncoder(new SenMLCborUpokecenterEncoderDecoder()));
        Map<ContentFormat, PathEncoder> paths =
                Map.of(
                        ContentFormat.SENML_JSON,
                        new LwM2mPathSenMLEncoder(new SenMLJson(true)),
                        ContentFormat.SENML_CBOR,
                        new LwM2mPathSenMLEncoder(
                                new SenMLCborUpokecenterEncoderDecoder(false, true)));
        return new DefaultLwM2mEncoder(nodes, paths, new LwM2mValueChecker());
    }

    private static LwM2mDecoder allDecoder() {
        Map<ContentFormat, NodeDecoder> nodes = smallDecoders();
        nodes.put(ContentFormat.CBOR, new LwM2mNodeCborDecoder());
        nodes.put(ContentFormat.SENML_JSON, new LwM2mNodeSenMLDecoder(new SenMLJson(false), true));
        nodes.put(
                ContentFormat.SENML_CBOR,
                new LwM2mNodeSenMLDecoder(new SenMLCborUpokecenterEncoderDecoder(), false));
        Map<ContentFormat, PathDecoder> paths =
                Map.of(
                        ContentFormat.SENML_JSON,
                        new LwM2mPathSenMLDecoder(new SenMLJson(true)),
                        ContentFormat.SENML_CBOR,
                        new LwM2mPathSenMLDecoder(
                                new SenMLCborUpokecenterEncoderDecoder(false, true)));
        return new DefaultLwM2mDecoder(nodes, paths);
    }
}
