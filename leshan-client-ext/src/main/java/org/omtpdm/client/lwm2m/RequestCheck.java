package org.omtpdm.client.lwm2m;

import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.leshan.client.endpoint.ClientEndpointToolbox;
import org.eclipse.leshan.client.resource.LwM2mObjectEnabler;
import org.eclipse.leshan.client.resource.LwM2mObjectTree;
import org.eclipse.leshan.core.link.attributes.InvalidAttributeException;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeSet;
import org.eclipse.leshan.core.node.LwM2mObject;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.request.ContentFormat;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.arguments.ExecuteArguments;

/**
 * Looks for what is wrong with a CoAP request whatever the state of the device: path, method,
 * query, formats, and a payload that can't be decoded.
 *
 * @see "OBJECTS.md C.2, who answers what; LwM2M Core 1.1.1 §6.7 response codes"
 */
final class RequestCheck {

    private static final int MAXIMUM_ID = 65534;

    /** What is wrong. */
    record Fault(ResponseCode code, String diagnostic) {}

    private static final Fault NOT_FOUND = new Fault(ResponseCode.NOT_FOUND, "");
    private static final Fault NOT_ALLOWED = new Fault(ResponseCode.METHOD_NOT_ALLOWED, "");

    private final LwM2mObjectTree tree;
    private final ClientEndpointToolbox toolbox;

    RequestCheck(LwM2mObjectTree tree, ClientEndpointToolbox toolbox) {
        this.tree = tree;
        this.toolbox = toolbox;
    }

    /** Empty when the request may be delivered. */
    Optional<Fault> fault(Request request) {
        List<String> segments = request.getOptions().getUriPath();
        if (segments.isEmpty() || segments.equals(List.of(""))) {
            return rootFault(request);
        }
        Optional<Fault> wrongPath = pathFault(segments);
        if (wrongPath.isPresent()) {
            return wrongPath;
        }
        LwM2mPath path = new LwM2mPath("/" + String.join("/", segments));
        if (path.getObjectId() == ObjectIds.SECURITY || path.getObjectId() == ObjectIds.OSCORE) {
            return Optional.of(new Fault(ResponseCode.UNAUTHORIZED, ""));
        }
        LwM2mObjectEnabler object = tree.getObjectEnabler(path.getObjectId());
        if (object == null) {
            return Optional.of(NOT_FOUND);
        }
        if (request.getCode() != Code.PUT && request.getOptions().getURIQueryCount() > 0) {
            return bad("a query is not supported here");
        }
        return switch (request.getCode()) {
            case GET -> readFault(request.getOptions());
            case PUT ->
                    request.getOptions().getURIQueryCount() > 0
                            ? attributesFault(request)
                            : writeFault(request, path, object);
            case POST -> postFault(request, path, object);
            case DELETE -> path.isObjectInstance() ? Optional.empty() : Optional.of(NOT_ALLOWED);
            case FETCH, PATCH, IPATCH, CUSTOM_30 -> Optional.of(NOT_ALLOWED);
        };
    }

    private static Optional<Fault> bad(String diagnostic) {
        return Optional.of(new Fault(ResponseCode.BAD_REQUEST, diagnostic));
    }

    private static Optional<Fault> pathFault(List<String> segments) {
        boolean isNumeric = segments.get(0).matches("[0-9]{1,5}");
        if (!isNumeric) {
            return Optional.of(NOT_FOUND);
        }
        if (segments.size() > 4) {
            return bad("a path has four parts at most");
        }
        for (String segment : segments) {
            boolean isId =
                    segment.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(segment) <= MAXIMUM_ID;
            if (!isId) {
                return bad("a part of the path is not an id");
            }
        }
        return Optional.empty();
    }

    private Optional<Fault> rootFault(Request request) {
        if (request.getOptions().getURIQueryCount() > 0) {
            return bad("a query is not supported here");
        }
        return switch (request.getCode()) {
            case FETCH -> fetchFault(request);
            case IPATCH -> patchFault(request);
            default -> Optional.of(NOT_ALLOWED);
        };
    }

    private Optional<Fault> readFault(OptionSet options) {
        int accept = options.getAccept();
        return !options.hasAccept()
                        || accept == MediaTypeRegistry.APPLICATION_LINK_FORMAT
                        || toolbox.getEncoder().isSupported(ContentFormat.fromCode(accept))
                ? Optional.empty()
                : Optional.of(new Fault(ResponseCode.NOT_ACCEPTABLE, ""));
    }

    private Optional<Fault> fetchFault(Request request) {
        Optional<Fault> wrongAccept =
                request.getOptions().getAccept() == MediaTypeRegistry.APPLICATION_LINK_FORMAT
                        ? Optional.of(new Fault(ResponseCode.NOT_ACCEPTABLE, ""))
                        : readFault(request.getOptions());
        if (wrongAccept.isPresent()) {
            return wrongAccept;
        }
        Optional<Fault> wrongFormat = formatFault(request.getOptions());
        if (wrongFormat.isPresent()) {
            return wrongFormat;
        }
        ContentFormat format = ContentFormat.fromCode(request.getOptions().getContentFormat());
        return undecodable(
                () -> {
                    List<LwM2mPath> paths =
                            toolbox.getDecoder().decodePaths(request.getPayload(), format);
                    if (paths.isEmpty()) {
                        throw new IllegalArgumentException("no paths");
                    }
                });
    }

    private Optional<Fault> patchFault(Request request) {
        Optional<Fault> wrongFormat = formatFault(request.getOptions());
        if (wrongFormat.isPresent()) {
            return wrongFormat;
        }
        ContentFormat format = ContentFormat.fromCode(request.getOptions().getContentFormat());
        return undecodable(
                () ->
                        toolbox.getDecoder()
                                .decodeNodes(
                                        request.getPayload(), format, null, toolbox.getModel()));
    }

    private Optional<Fault> formatFault(OptionSet options) {
        if (!options.hasContentFormat()) {
            return bad("Content-Format is missing");
        }
        return toolbox.getDecoder().isSupported(ContentFormat.fromCode(options.getContentFormat()))
                ? Optional.empty()
                : Optional.of(new Fault(ResponseCode.UNSUPPORTED_CONTENT_FORMAT, ""));
    }

    private Optional<Fault> attributesFault(Request request) {
        if (request.getPayloadSize() > 0) {
            return bad("attributes are written without payload");
        }
        try {
            new LwM2mAttributeSet(
                            toolbox.getAttributeParser()
                                    .parseQueryParams(request.getOptions().getUriQuery()))
                    .validate();
            return Optional.empty();
        } catch (InvalidAttributeException | RuntimeException e) {
            return bad("attributes not understood");
        } catch (org.eclipse.leshan.core.link.lwm2m.attributes.InvalidAttributesException e) {
            return bad("attributes contradict each other");
        }
    }

    private Optional<Fault> postFault(Request request, LwM2mPath path, LwM2mObjectEnabler object) {
        OptionSet options = request.getOptions();
        boolean isExecute =
                path.isResource()
                        && (!options.hasContentFormat()
                                || options.getContentFormat() == MediaTypeRegistry.TEXT_PLAIN);
        if (!isExecute) {
            return path.isResourceInstance()
                    ? Optional.of(NOT_ALLOWED)
                    : writeFault(request, path, object);
        }
        return request.getPayloadSize() > ExecuteArguments.MAXIMUM_BYTES
                ? Optional.of(new Fault(ResponseCode.REQUEST_ENTITY_TOO_LARGE, ""))
                : Optional.empty();
    }

    private Optional<Fault> writeFault(Request request, LwM2mPath path, LwM2mObjectEnabler object) {
        if (path.isObject() && request.getCode() == Code.PUT) {
            return Optional.of(NOT_ALLOWED);
        }
        Optional<Fault> wrongPlace = placeFault(path, object);
        if (wrongPlace.isPresent()) {
            return wrongPlace;
        }
        Optional<Fault> wrongFormat = formatFault(request.getOptions());
        if (wrongFormat.isPresent()) {
            return wrongFormat;
        }
        ContentFormat format = ContentFormat.fromCode(request.getOptions().getContentFormat());
        return undecodable(
                () -> {
                    if (path.isObject()) {
                        toolbox.getDecoder()
                                .decode(
                                        request.getPayload(),
                                        format,
                                        path,
                                        toolbox.getModel(),
                                        LwM2mObject.class);
                    } else {
                        toolbox.getDecoder()
                                .decode(request.getPayload(), format, path, toolbox.getModel());
                    }
                });
    }

    /**
     * Nothing can be written where nothing is, or where nothing is writable, in whatever format.
     */
    private static Optional<Fault> placeFault(LwM2mPath path, LwM2mObjectEnabler object) {
        if (path.isObject()) {
            return Optional.empty();
        }
        if (!object.getAvailableInstanceIds().contains(path.getObjectInstanceId())) {
            return Optional.of(NOT_FOUND);
        }
        if (path.isObjectInstance()) {
            return Optional.empty();
        }
        if (!object.getObjectModel().resources.containsKey(path.getResourceId())) {
            return Optional.of(NOT_FOUND);
        }
        return object.getObjectModel().resources.get(path.getResourceId()).operations.isWritable()
                ? Optional.empty()
                : Optional.of(NOT_ALLOWED);
    }

    /** Decoders meet anything here, and may throw anything. */
    private static Optional<Fault> undecodable(Runnable decoding) {
        try {
            decoding.run();
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return bad("payload not understood");
        }
    }
}
