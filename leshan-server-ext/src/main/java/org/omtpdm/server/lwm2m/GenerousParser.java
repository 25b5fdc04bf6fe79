package org.omtpdm.server.lwm2m;

import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.network.serialization.MessageHeader;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;

/**
 * Californium's parser, but that nothing escapes: a payload larger than its block, for one, throws
 * an {@link IllegalStateException} there, which ends as a stack trace at ERROR and no answer.
 */
final class GenerousParser extends UdpDataParser {

    @Override
    protected Message parseMessage(DatagramReader reader, MessageHeader header, Message target) {
        try {
            return super.parseMessage(reader, header, target);
        } catch (MessageFormatException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CoAPMessageFormatException(
                    "malformed message",
                    header.getToken(),
                    header.getMID(),
                    header.getCode(),
                    CoAP.Type.CON == header.getType(),
                    ResponseCode.BAD_REQUEST);
        }
    }
}
