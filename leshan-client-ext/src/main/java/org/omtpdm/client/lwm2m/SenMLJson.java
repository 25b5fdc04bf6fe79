package org.omtpdm.client.lwm2m;

import org.eclipse.leshan.senml.SenMLDecoder;
import org.eclipse.leshan.senml.SenMLEncoder;
import org.eclipse.leshan.senml.SenMLException;
import org.eclipse.leshan.senml.SenMLPack;
import org.eclipse.leshan.senml.json.jackson.SenMLJsonJacksonEncoderDecoder;

/** SenML JSON, whose parser (some hundred classes) is loaded only when a server uses it. */
record SenMLJson(boolean allowNoValue) implements SenMLEncoder, SenMLDecoder {

    private static final class Strict {
        private static final SenMLJsonJacksonEncoderDecoder CODER =
                new SenMLJsonJacksonEncoderDecoder();
    }

    private static final class WithoutValues {
        private static final SenMLJsonJacksonEncoderDecoder CODER =
                new SenMLJsonJacksonEncoderDecoder(true);
    }

    private SenMLJsonJacksonEncoderDecoder coder() {
        return allowNoValue ? WithoutValues.CODER : Strict.CODER;
    }

    @Override
    public byte[] toSenML(SenMLPack pack) throws SenMLException {
        return coder().toSenML(pack);
    }

    @Override
    public SenMLPack fromSenML(byte[] data) throws SenMLException {
        return coder().fromSenML(data);
    }
}
