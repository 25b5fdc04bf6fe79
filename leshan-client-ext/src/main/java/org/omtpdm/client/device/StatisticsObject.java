package org.omtpdm.client.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.omtpdm.client.device.SystemFacts.Traffic;
import org.omtpdm.client.object.Arguments;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.Requester;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.ConnectivityStatisticsResources;
import org.omtpdm.objects.ObjectIds;

/**
 * Connectivity Statistics (/7), over {@link SystemFacts}: traffic counted from Start until Stop, or
 * until the collection period is over. Thread-safe.
 */
public final class StatisticsObject extends SharedObject {

    private static final int INSTANCE = 0;
    private static final String PERIOD_KEY = "statistics/period";
    private static final long MAXIMUM_PERIOD = Integer.MAX_VALUE;

    private final DeviceContext context;
    private final SystemFacts facts;
    private long periodSeconds;
    private Traffic atStart;
    private Optional<Traffic> atStop = Optional.empty();
    private Optional<Instant> ends = Optional.empty();

    public StatisticsObject(DeviceContext context, SystemFacts facts) {
        super(context.model(ObjectIds.CONNECTIVITY_STATISTICS));
        this.context = context;
        this.facts = facts;
        this.periodSeconds = context.state().get(PERIOD_KEY).map(Long::parseLong).orElse(0L);
        this.atStart = facts.traffic();
        this.atStop = Optional.of(atStart);
        addInstance(
                INSTANCE,
                new ResourceTable()
                        .integer(
                                ConnectivityStatisticsResources.TX_DATA,
                                () -> collected().sent() / 1024)
                        .integer(
                                ConnectivityStatisticsResources.RX_DATA,
                                () -> collected().received() / 1024)
                        .execute(ConnectivityStatisticsResources.START, this::start)
                        .execute(ConnectivityStatisticsResources.STOP, this::stop)
                        .integer(ConnectivityStatisticsResources.COLLECTION_PERIOD, this::period)
                        .writable(
                                ConnectivityStatisticsResources.COLLECTION_PERIOD,
                                (who, value) -> {
                                    long seconds = ResourceTable.number(value, 0, MAXIMUM_PERIOD);
                                    return PreparedWrite.stored(
                                            PERIOD_KEY,
                                            Long.toString(seconds),
                                            () -> setPeriod(seconds));
                                }));
    }

    private synchronized long period() {
        return periodSeconds;
    }

    private synchronized void setPeriod(long seconds) {
        periodSeconds = seconds;
    }

    private synchronized Traffic collected() {
        stopWhenOver();
        Traffic now = atStop.orElseGet(facts::traffic);
        return new Traffic(
                Math.max(0, now.sent() - atStart.sent()),
                Math.max(0, now.received() - atStart.received()));
    }

    private void stopWhenOver() {
        if (atStop.isEmpty()
                && ends.isPresent()
                && !context.clock().instant().isBefore(ends.get())) {
            atStop = Optional.of(facts.traffic());
        }
    }

    private synchronized void start(Requester who, byte[] arguments) throws Refusal {
        Arguments.none("Start", arguments);
        atStart = facts.traffic();
        atStop = Optional.empty();
        ends =
                periodSeconds == 0
                        ? Optional.empty()
                        : Optional.of(
                                context.clock().instant().plus(Duration.ofSeconds(periodSeconds)));
    }

    private synchronized void stop(Requester who, byte[] arguments) throws Refusal {
        Arguments.none("Stop", arguments);
        if (atStop.isEmpty()) {
            atStop = Optional.of(facts.traffic());
        }
    }

    /** Tells observers how far it counts; called every few seconds. */
    public void look() {
        boolean isCounting;
        synchronized (this) {
            stopWhenOver();
            isCounting = atStop.isEmpty();
        }
        if (isCounting) {
            context.changes()
                    .resources(
                            id(),
                            INSTANCE,
                            ConnectivityStatisticsResources.TX_DATA,
                            ConnectivityStatisticsResources.RX_DATA);
        }
    }
}
