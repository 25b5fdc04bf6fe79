package org.omtpdm.client.virtual;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.omtpdm.client.device.SystemFacts;
import org.omtpdm.objects.BatteryStatus;
import org.omtpdm.objects.DeviceError;
import org.omtpdm.objects.NetworkBearer;
import org.omtpdm.objects.PowerSource;

/**
 * What a virtual device says about itself: its personality, with a battery that drains one percent
 * in ten minutes.
 */
final class VirtualFacts implements SystemFacts {

    private static final Duration ONE_PERCENT = Duration.ofMinutes(10);
    private static final int LOW = 15;

    private final Personality personality;
    private final Clock clock;
    private final Instant since;

    VirtualFacts(Personality personality, Clock clock) {
        this.personality = personality;
        this.clock = clock;
        this.since = clock.instant();
    }

    private int level() {
        long drained = Duration.between(since, clock.instant()).toMillis() / ONE_PERCENT.toMillis();
        return (int) Math.max(1, personality.battery() - drained);
    }

    @Override
    public Identity identity() {
        return new Identity(
                personality.manufacturer(),
                personality.model(),
                personality.serialNumber(),
                personality.firmware(),
                "virtual",
                "1",
                personality.firmware());
    }

    @Override
    public Set<PowerSource> powerSources() {
        return Set.of(PowerSource.INTERNAL_BATTERY);
    }

    @Override
    public Optional<Battery> battery() {
        int level = level();
        return Optional.of(
                new Battery(
                        level,
                        level < LOW ? BatteryStatus.LOW : BatteryStatus.NORMAL,
                        OptionalLong.of(3_400L + 8L * level),
                        OptionalLong.of(120)));
    }

    @Override
    public Storage storage() {
        return new Storage(personality.freeKiB(), 512 * 1024);
    }

    @Override
    public Network network() {
        return new Network(
                personality.bearer(),
                Set.of(NetworkBearer.LTE_FDD, NetworkBearer.WLAN),
                OptionalInt.of(personality.signalDbm()),
                OptionalInt.of(Math.max(0, Math.min(100, 2 * (personality.signalDbm() + 110)))),
                List.of("127.0.0.1"),
                List.of());
    }

    @Override
    public Traffic traffic() {
        long seconds = Duration.between(since, clock.instant()).toSeconds();
        return new Traffic(20_480 + 37 * seconds, 81_920 + 90 * seconds);
    }

    @Override
    public Set<DeviceError> errors() {
        return level() < LOW ? Set.of(DeviceError.LOW_BATTERY) : Set.of();
    }
}
