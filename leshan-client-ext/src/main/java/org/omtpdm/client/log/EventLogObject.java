package org.omtpdm.client.log;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.omtpdm.client.object.Arguments;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.client.state.LineFile;
import org.omtpdm.objects.EventLogResources;
import org.omtpdm.objects.LogClass;
import org.omtpdm.objects.LogDataFormat;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event Log (/20:2.1). Instance 0 takes down what servers do to the device, instance 1 what happens
 * to the agent; servers may add some of their own. Thread-safe.
 */
public final class EventLogObject extends SharedObject implements DeviceLog {

    private static final Logger LOG = LoggerFactory.getLogger(EventLogObject.class);
    private static final String PREFIX = "log/";
    private static final int FIXED = 2;
    private static final int MAXIMUM = 6;

    private static final Argument<Long> EXTEND = Argument.number(0, "0 empty or 1 extend", 0, 1);
    private static final Argument<Long> EMPTY = Argument.number(0, "0 keep or 1 empty", 0, 1);
    private static final ArgumentRules START = ArgumentRules.of("LogStart").optional(EXTEND);
    private static final ArgumentRules STOP = ArgumentRules.of("LogStop").optional(EMPTY);

    /** Gives the lines of a log, kept from before or empty. */
    @FunctionalInterface
    public interface Lines {
        LineFile of(int instanceId) throws IOException;
    }

    private final DeviceContext context;
    private final Lines lines;
    private final Map<Integer, EventLog> logs = new ConcurrentHashMap<>();

    public EventLogObject(DeviceContext context, Lines lines) throws IOException {
        super(context.model(ObjectIds.EVENT_LOG));
        this.context = context;
        this.lines = lines;
        add(0, new EventLog(lines.of(0), LogClass.SECURITY, LogDataFormat.JSON, true));
        add(1, new EventLog(lines.of(1), LogClass.SYSTEM, LogDataFormat.JSON, true));
        for (Map.Entry<String, String> kept : context.state().startingWith(PREFIX).entrySet()) {
            int instance = Integer.parseInt(kept.getKey().substring(PREFIX.length()));
            add(instance, EventLog.read(kept.getValue(), lines.of(instance)));
        }
    }

    private void add(int instance, EventLog log) {
        logs.put(instance, log);
        addInstance(instance, resources(instance, log));
    }

    private ResourceTable resources(int instance, EventLog log) {
        return new ResourceTable()
                .integer(EventLogResources.LOG_CLASS, () -> log.about().code())
                .writable(
                        EventLogResources.LOG_CLASS,
                        (who, value) ->
                                prepare(instance, logClass(value), log.format(), log.isRunning()))
                .execute(
                        EventLogResources.LOG_START,
                        (who, payload) -> start(instance, log, payload))
                .execute(EventLogResources.LOG_STOP, (who, payload) -> stop(instance, log, payload))
                .integer(EventLogResources.LOG_STATUS, log::status)
                .opaque(EventLogResources.LOG_DATA, log::data)
                .integer(EventLogResources.LOG_DATA_FORMAT, () -> log.format().code())
                .writable(
                        EventLogResources.LOG_DATA_FORMAT,
                        (who, value) ->
                                prepare(instance, log.about(), format(value), log.isRunning()))
                .unreachable(EventLogResources.LOG_DATA_INCREMENTAL);
    }

    private static LogClass logClass(LwM2mResource value) throws Refusal {
        return LogClass.forCode(ResourceTable.number(value, 0, 255))
                .orElseThrow(() -> Refusal.badRequest("log class: this device knows 0 to 6"));
    }

    private static LogDataFormat format(LwM2mResource value) throws Refusal {
        return EventLog.supported(ResourceTable.number(value, 0, 255))
                .orElseThrow(
                        () ->
                                Refusal.badRequest(
                                        "log data format: this device writes 2 (JSON) and 3 (CBOR)"));
    }

    private PreparedWrite prepare(
            int instance, LogClass about, LogDataFormat format, boolean isRunning) {
        return PreparedWrite.stored(
                PREFIX + instance,
                EventLog.print(about, format, isRunning),
                () -> {
                    logs.get(instance).set(about, format, isRunning);
                    changed(instance);
                });
    }

    private void start(int instance, EventLog log, byte[] payload) throws Refusal {
        boolean extend = Arguments.check(START, payload, EXTEND).orElse(0L) == 1;
        run(instance, log, true, !extend);
    }

    private void stop(int instance, EventLog log, byte[] payload) throws Refusal {
        boolean empty = Arguments.check(STOP, payload, EMPTY).orElse(0L) == 1;
        run(instance, log, false, empty);
    }

    private void run(int instance, EventLog log, boolean isRunning, boolean empty) throws Refusal {
        PreparedWrite write = prepare(instance, log.about(), log.format(), isRunning);
        try {
            context.state().write(write.state());
            if (empty) {
                log.clear();
            }
        } catch (IOException e) {
            throw Refusal.stateNotKept();
        }
        write.apply().run();
    }

    @Override
    public PreparedCreation prepareCreate(
            Requester who, OptionalInt wanted, Collection<LwM2mResource> resources) throws Refusal {
        if (logs.size() >= MAXIMUM) {
            throw Refusal.notAllowed("limit");
        }
        if (wanted.isPresent() && logs.containsKey(wanted.getAsInt())) {
            throw Refusal.badRequest("instance " + wanted.getAsInt() + " exists");
        }
        LogClass about = LogClass.GENERIC;
        LogDataFormat format = LogDataFormat.JSON;
        for (LwM2mResource resource : resources) {
            switch (resource.getId()) {
                case EventLogResources.LOG_CLASS -> about = logClass(resource);
                case EventLogResources.LOG_DATA_FORMAT -> format = format(resource);
                default ->
                        throw Refusal.badRequest(
                                "resource " + resource.getId() + " is not writable");
            }
        }
        int id = wanted.orElseGet(this::freeId);
        EventLog log;
        try {
            log = new EventLog(lines.of(id), about, format, false);
        } catch (IOException e) {
            throw Refusal.stateNotKept();
        }
        return new PreparedCreation(
                id,
                PreparedWrite.stored(
                        PREFIX + id,
                        EventLog.print(about, format, false),
                        () -> {
                            add(id, log);
                            context.changes().added(id(), id);
                        }));
    }

    private int freeId() {
        int id = 0;
        while (logs.containsKey(id)) {
            id++;
        }
        return id;
    }

    @Override
    public PreparedWrite prepareDelete(Requester who, int instance) throws Refusal {
        if (instance < FIXED) {
            throw Refusal.notAllowed("this log belongs to the device");
        }
        return new PreparedWrite(
                Map.of(PREFIX + instance, Optional.empty()),
                () -> {
                    EventLog log = logs.remove(instance);
                    removeInstance(instance);
                    try {
                        log.clear();
                    } catch (IOException e) {
                        LOG.debug("Log {} is deleted, its lines could not be", instance, e);
                    }
                    context.changes().removed(id(), instance);
                });
    }

    @Override
    public void record(LogClass about, String text) {
        logs.forEach(
                (instance, log) -> {
                    try {
                        if (log.record(context.clock().instant(), about, text)) {
                            changed(instance);
                        }
                    } catch (IOException e) {
                        LOG.warn("Event log {} cannot be written: {}", instance, e.toString());
                    }
                });
    }

    private void changed(int instance) {
        context.changes()
                .resources(
                        id(),
                        instance,
                        EventLogResources.LOG_CLASS,
                        EventLogResources.LOG_STATUS,
                        EventLogResources.LOG_DATA,
                        EventLogResources.LOG_DATA_FORMAT);
    }
}
