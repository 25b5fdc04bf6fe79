package org.omtpdm.client.lwm2m;

import org.eclipse.leshan.client.RegistrationUpdate;
import org.eclipse.leshan.client.engine.RegistrationEngine;
import org.eclipse.leshan.client.servers.LwM2mServer;

/** Leshan's many ways to ask for an Update, which with one server are all the same. */
abstract class UpdatingEngine implements RegistrationEngine {

    /** Sends an Update now. */
    public abstract void update();

    @Override
    public void triggerRegistrationUpdate() {
        update();
    }

    @Override
    public void triggerRegistrationUpdate(LwM2mServer peer) {
        update();
    }

    @Override
    public void triggerRegistrationUpdate(RegistrationUpdate wanted) {
        update();
    }

    @Override
    public void triggerRegistrationUpdate(LwM2mServer peer, RegistrationUpdate wanted) {
        update();
    }

    /** There is no bootstrap server to go to. */
    @Override
    public boolean triggerClientInitiatedBootstrap(boolean deregister) {
        return false;
    }

    @Override
    public void destroy(boolean deregister) {
        stop(deregister);
    }
}
