package org.omtpdm.client.lwm2m;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.leshan.client.resource.LwM2mObjectEnabler;
import org.eclipse.leshan.client.util.LinkFormatHelper;
import org.eclipse.leshan.core.LwM2m.LwM2mVersion;
import org.eclipse.leshan.core.link.Link;
import org.eclipse.leshan.core.request.BindingMode;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.RegisterRequest;

/**
 * What a registration says about the device.
 *
 * @param formats the optional content formats it understands
 */
record Announcement(
        String endpoint,
        LwM2mVersion version,
        boolean isQueueMode,
        RootLink rootLink,
        List<ContentFormat> formats) {

    RegisterRequest register(Collection<LwM2mObjectEnabler> objects, Duration lifetime) {
        boolean isFirstVersion = version.equals(LwM2mVersion.V1_0);
        EnumSet<BindingMode> binding =
                isFirstVersion && isQueueMode
                        ? EnumSet.of(BindingMode.U, BindingMode.Q)
                        : EnumSet.of(BindingMode.U);
        return new RegisterRequest(
                endpoint,
                lifetime.getSeconds(),
                version.toString(),
                binding,
                isFirstVersion ? null : isQueueMode,
                null,
                links(objects),
                Map.of());
    }

    Link[] links(Collection<LwM2mObjectEnabler> objects) {
        List<ContentFormat> named = new ArrayList<>();
        if (rootLink == RootLink.LIST) {
            named.addAll(formats);
        } else if (rootLink == RootLink.SINGLE && !formats.isEmpty()) {
            named.add(
                    formats.contains(ContentFormat.SENML_CBOR)
                            ? ContentFormat.SENML_CBOR
                            : formats.get(0));
        }
        return new LinkFormatHelper(version).getClientDescription(objects, null, named);
    }

    Announcement with(RootLink other) {
        return new Announcement(endpoint, version, isQueueMode, other, formats);
    }

    Announcement with(LwM2mVersion other) {
        return new Announcement(endpoint, other, isQueueMode, rootLink, formats);
    }
}
