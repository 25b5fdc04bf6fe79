package org.omtpdm.client.lwm2m;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.leshan.client.servers.LwM2mServer;
import org.eclipse.leshan.core.link.attributes.InvalidAttributeException;
import org.eclipse.leshan.core.link.lwm2m.attributes.DefaultLwM2mAttributeParser;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeSet;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.omtpdm.client.state.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attributes a server has written, kept over restarts, as the query parameters that would write
 * them again.
 */
final class WrittenAttributes {

    private static final Logger LOG = LoggerFactory.getLogger(WrittenAttributes.class);

    private final StateStore state;
    private final String prefix;

    WrittenAttributes(StateStore state, int shortServerId) {
        this.state = state;
        this.prefix = "attributes/" + shortServerId + "/";
    }

    /** Gives an object back what was written to it before the restart. */
    void restore(AccountObject object) {
        for (Map.Entry<String, String> entry :
                state.startingWith(prefix + object.getId() + ".").entrySet()) {
            LwM2mPath path = path(entry.getKey());
            try {
                LwM2mAttributeSet attributes =
                        new LwM2mAttributeSet(
                                new DefaultLwM2mAttributeParser()
                                        .parseQueryParams(List.of(entry.getValue().split("&"))));
                object.getAttributesFor(LwM2mServer.SYSTEM).put(path, attributes);
            } catch (InvalidAttributeException e) {
                LOG.warn(
                        "Attributes of {} kept in the state are not understood: {}",
                        path,
                        e.getMessage());
            }
        }
    }

    /**
     * @param attributes what is attached to the path now; null when nothing is
     */
    void keep(LwM2mPath path, LwM2mAttributeSet attributes) throws IOException {
        state.write(
                Map.of(
                        key(path),
                        Optional.ofNullable(attributes)
                                .map(all -> String.join("&", all.toQueryParams()))));
    }

    /**
     * {@code attributes/1/3.0.9}; that of an object ends in a dot, so that those of one object
     * begin the same.
     */
    private String key(LwM2mPath path) {
        return prefix
                + path.toString().substring(1).replace('/', '.')
                + (path.isObject() ? "." : "");
    }

    private LwM2mPath path(String key) {
        String path = key.substring(prefix.length()).replace('.', '/');
        return new LwM2mPath(
                "/" + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
    }
}
