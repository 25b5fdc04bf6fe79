package org.omtpdm.client.account;

import java.util.List;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.SecurityResources;

/**
 * LwM2M Security (/0): one instance per account. No server ever sees it; keys aren't even in it.
 */
public final class SecurityObject extends SharedObject {

    private static final long PSK_MODE = 0;
    private static final long NO_SEC_MODE = 3;

    public SecurityObject(DeviceContext context, List<ServerAccount> accounts) {
        super(context.model(ObjectIds.SECURITY));
        for (int instance = 0; instance < accounts.size(); instance++) {
            ServerAccount account = accounts.get(instance);
            addInstance(
                    instance,
                    new ResourceTable()
                            .text(
                                    SecurityResources.LWM2M_SERVER_URI,
                                    () -> account.uri().toString())
                            .bool(SecurityResources.BOOTSTRAP_SERVER, () -> false)
                            .integer(
                                    SecurityResources.SECURITY_MODE,
                                    () -> account.isSecure() ? PSK_MODE : NO_SEC_MODE)
                            .integer(SecurityResources.SHORT_SERVER_ID, account::shortServerId));
        }
    }
}
