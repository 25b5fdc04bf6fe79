package org.omtpdm.server.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.omtpdm.server.commands.CommandPerformer.Prepared;
import org.omtpdm.server.reconcile.DeviceDirectory;
import org.omtpdm.server.reconcile.ManagedDevice;
import org.omtpdm.server.security.Caller;

/**
 * Who is in a job with which arguments, and who is left out and why. The preview and the job are
 * made from the same plan, so that the panel's numbers are the job's numbers.
 */
final class JobPlan {

    private static final int SAMPLE = 10;

    private final Map<ManagedDevice, JsonNode> included = new LinkedHashMap<>();
    private final Map<String, List<String>> excluded = new LinkedHashMap<>();
    private int excludedCount;

    private JobPlan() {}

    /** Makes the plan; reads only. */
    static JobPlan of(
            Handle handle,
            Caller caller,
            CommandPerformer performer,
            JsonNode arguments,
            NewJob.Selection selection,
            DeviceSelection devices,
            DeviceDirectory directory) {
        var plan = new JobPlan();
        Collection<String> ids;
        if (selection.devices().isPresent()) {
            var named = new LinkedHashSet<>(selection.devices().get());
            var visible = devices.visible(caller, named);
            named.stream()
                    .filter(id -> !visible.contains(id))
                    .forEach(id -> plan.leaveOut("not a device you can see", id));
            ids = named.stream().filter(visible::contains).toList();
        } else {
            ids = devices.matching(caller, selection.filter().orElseThrow());
        }
        plan.sort(handle, performer, arguments, directory.findAll(ids).values());
        return plan;
    }

    private void sort(
            Handle handle,
            CommandPerformer performer,
            JsonNode arguments,
            Collection<ManagedDevice> devices) {
        var candidates = new ArrayList<ManagedDevice>();
        for (var device : devices) {
            var object = performer.objectId();
            if (device.retired()) {
                leaveOut("retired", device.name());
            } else if (!device.everSeen()) {
                leaveOut("never seen", device.name());
            } else if (object.isPresent() && !device.objects().contains(object.getAsInt())) {
                leaveOut("lacks object " + object.getAsInt(), device.name());
            } else {
                candidates.add(device);
            }
        }
        var prepared = performer.prepare(handle, candidates, arguments);
        for (var device : candidates) {
            var decision = Optional.ofNullable(prepared.get(device.id()));
            if (decision.orElse(null) instanceof Prepared.Excluded out) {
                leaveOut(out.why(), device.name());
            } else if (decision.orElse(null) instanceof Prepared.Included in) {
                included.put(device, in.arguments());
            } else {
                included.put(device, arguments);
            }
        }
    }

    private void leaveOut(String why, String name) {
        excluded.computeIfAbsent(why, reason -> new ArrayList<>()).add(name);
        excludedCount++;
    }

    /** Leaves a device out after all. */
    void full(ManagedDevice device) {
        included.remove(device);
        leaveOut("too many commands waiting", device.name());
    }

    Map<ManagedDevice, JsonNode> included() {
        return included;
    }

    int excludedCount() {
        return excludedCount;
    }

    List<JobPreview.Exclusion> exclusions() {
        return excluded.entrySet().stream()
                .map(
                        entry ->
                                new JobPreview.Exclusion(
                                        entry.getKey(),
                                        entry.getValue().size(),
                                        entry.getValue().stream().limit(SAMPLE).toList()))
                .toList();
    }

    JobPreview preview(CommandPerformer performer, JsonNode arguments) {
        var asleep = included.keySet().stream().filter(ManagedDevice::asleep).toList();
        var count = included.size();
        return new JobPreview(
                performer.jobTitle(arguments)
                        + " on "
                        + count
                        + (count == 1 ? " device" : " devices"),
                count,
                asleep.size(),
                asleep.stream()
                        .flatMap(device -> device.nextWakeUp().stream())
                        .max(java.util.Comparator.naturalOrder()),
                performer.undoable(),
                included.keySet().stream().limit(SAMPLE).map(ManagedDevice::name).toList(),
                exclusions());
    }
}
