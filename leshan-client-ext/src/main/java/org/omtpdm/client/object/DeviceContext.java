package org.omtpdm.client.object;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.leshan.core.model.ObjectModel;
import org.omtpdm.client.listing.PageSender;
import org.omtpdm.client.log.DeviceLog;
import org.omtpdm.client.state.Journal;
import org.omtpdm.client.state.StateStore;

/**
 * What all objects of one device share.
 *
 * @param models definitions by object id
 * @param work runs effects and listings; bounded
 * @param log takes down what happens on the device
 * @param constrained whether the device poses as a small one: pages of 200 bytes, windows of one
 *     page
 */
public record DeviceContext(
        Map<Integer, ObjectModel> models,
        StateStore state,
        Journal journal,
        Changes changes,
        Executor work,
        PageSender sender,
        Clock clock,
        boolean constrained,
        DeviceLog log) {

    /** The same with another log. */
    public DeviceContext with(DeviceLog other) {
        return new DeviceContext(
                models, state, journal, changes, work, sender, clock, constrained, other);
    }

    /** The definition of an object. */
    public ObjectModel model(int objectId) {
        ObjectModel model = models.get(objectId);
        if (model == null) {
            throw new IllegalArgumentException("No definition of object " + objectId);
        }
        return model;
    }
}
