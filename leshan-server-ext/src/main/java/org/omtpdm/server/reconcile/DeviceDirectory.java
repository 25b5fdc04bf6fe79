package org.omtpdm.server.reconcile;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Where the lane and the commands look devices up. Thread-safe; reads memory or the database. */
public interface DeviceDirectory {

    /** Empty when there is no such device. */
    Optional<ManagedDevice> find(String deviceId);

    /** The devices of these ids, by id; unknown ids are left out. */
    Map<String, ManagedDevice> findAll(Collection<String> deviceIds);
}
