package org.omtpdm.server.inventory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ResourcePath;
import org.omtpdm.objects.ResourceValue;
import org.omtpdm.objects.ServerResources;
import org.omtpdm.server.devices.DeviceService;
import org.omtpdm.server.devices.Intake;
import org.omtpdm.server.lwm2m.DeviceListener;
import org.omtpdm.server.lwm2m.Reading;
import org.omtpdm.server.lwm2m.RegistrationFacts;
import org.omtpdm.server.store.Tx;

/** Keeps what devices tell on their own. Thread-safe; comes after the device records' listener. */
public final class InventoryIntake implements DeviceListener {

    private final Intake intake;
    private final DeviceService devices;
    private final InventoryService inventory;
    private final Observed observed;

    public InventoryIntake(
            Intake intake, DeviceService devices, InventoryService inventory, Observed observed) {
        this.intake = intake;
        this.devices = devices;
        this.inventory = inventory;
        this.observed = observed;
    }

    @Override
    public void registered(RegistrationFacts registration, boolean replaced) {
        observed.begin(registration.endpoint());
        intake.submit(tx -> announced(tx, registration));
    }

    @Override
    public void newSession(String endpoint) {
        observed.doubt(endpoint);
    }

    @Override
    public void updated(RegistrationFacts registration, boolean changed) {
        if (changed) {
            intake.submit(tx -> announced(tx, registration));
        }
    }

    private void announced(Tx tx, RegistrationFacts registration) {
        devices.idOf(tx, registration.endpoint())
                .ifPresent(
                        id -> {
                            forgetVanished(tx, id, registration);
                            accountOf(registration)
                                    .ifPresent(
                                            account ->
                                                    inventory.store(
                                                            tx,
                                                            id,
                                                            Optional.empty(),
                                                            account,
                                                            Origin.REGISTRATION));
                        });
    }

    /** An object that announces instances has no others. */
    private void forgetVanished(Tx tx, String id, RegistrationFacts registration) {
        registration
                .objects()
                .forEach(
                        (objectId, object) -> {
                            if (!object.instances().isEmpty()) {
                                inventory.keepOnly(tx, id, objectId, object.instances());
                            }
                        });
    }

    /** Lifetime and binding of the one server account, where there is exactly one. */
    private static Optional<Reading> accountOf(RegistrationFacts registration) {
        var accounts = registration.objects().get(ObjectIds.SERVER);
        if (accounts == null || accounts.instances().size() != 1) {
            return Optional.empty();
        }
        var account = ResourcePath.of(ObjectIds.SERVER, accounts.instances().get(0));
        var values = new HashMap<ResourcePath, ResourceValue>();
        values.put(
                account.child(ServerResources.LIFETIME),
                new ResourceValue.Int(registration.lifetime().toSeconds()));
        if (!registration.bindingMode().isEmpty()) {
            values.put(
                    account.child(ServerResources.BINDING),
                    new ResourceValue.Text(registration.bindingMode()));
        }
        return Optional.of(new Reading(registration.lastUpdate(), values, false));
    }

    @Override
    public void notified(String endpoint, ResourcePath observed, Reading reading) {
        keep(endpoint, Optional.of(observed), reading, Origin.NOTIFIED);
    }

    @Override
    public void sent(String endpoint, Reading reading) {
        keep(endpoint, Optional.empty(), reading, Origin.SENT);
    }

    private void keep(
            String endpoint, Optional<ResourcePath> path, Reading reading, Origin origin) {
        intake.submit(
                tx ->
                        devices.idOf(tx, endpoint)
                                .ifPresent(id -> inventory.store(tx, id, path, reading, origin)));
    }

    @Override
    public void deregistered(RegistrationFacts registration) {
        observed.begin(registration.endpoint());
        // values stay known, and grow old
    }

    @Override
    public void expired(RegistrationFacts registration) {
        observed.begin(registration.endpoint());
        // values stay known, and grow old
    }

    @Override
    public void heard(String endpoint, Instant at) {
        // no values in it
    }

    @Override
    public void awake(String endpoint) {
        // no values in it
    }

    @Override
    public void asleep(String endpoint) {
        // no values in it
    }

    @Override
    public void refused(RefusedContact contact) {
        // no values in it
    }
}
