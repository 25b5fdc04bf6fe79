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
import org.eclipse.leshan.core.request.ContentFormat;

/**
 * The content formats a device understands: all of Leshan's, or those of LwM2M 1.0 that a small
 * device has.
 */
final class Formats {

    private static final List<ContentFormat> SMALL =
            List.of(ContentFormat.TEXT, ContentFormat.OPAQUE, ContentFormat.TLV);

    /** Coders have no state; all devices of a process share them. Made when first needed. */
    private static final class All {
        private static final LwM2mEncoder ENCODER = new DefaultLwM2mEncoder();
        private static final LwM2mDecoder DECODER = new DefaultLwM2mDecoder();
    }

    private Formats() {}

    static LwM2mEncoder encoder(boolean constrained) {
        if (!constrained) {
            return All.ENCODER;
        }
        Map<ContentFormat, NodeEncoder> encoders =
                new HashMap<>(DefaultLwM2mEncoder.getDefaultNodeEncoders(false));
        encoders.keySet().retainAll(SMALL);
        return new DefaultLwM2mEncoder(encoders, Map.of(), new LwM2mValueChecker());
    }

    static LwM2mDecoder decoder(boolean constrained) {
        if (!constrained) {
            return All.DECODER;
        }
        Map<ContentFormat, NodeDecoder> decoders =
                new HashMap<>(DefaultLwM2mDecoder.getDefaultNodeDecoders(false));
        decoders.keySet().retainAll(SMALL);
        return new DefaultLwM2mDecoder(decoders, Map.of());
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
}
