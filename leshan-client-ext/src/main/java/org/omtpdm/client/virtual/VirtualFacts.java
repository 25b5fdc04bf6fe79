package org.omtpdm.client.virtual;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.omtpdm.client.device.SystemFacts;
import org.omtpdm.objects.BatteryStatus;
import org.omtpdm.objects.DeviceError;
import org.omtpdm.objects.NetworkBearer;
import org.omtpdm.objects.PowerSource;

/**
 * Scripted facts: a battery that empties and is charged, a radio of some strength, traffic that
 * adds up. Thread-safe.
 */
public final class VirtualFacts implements SystemFacts {

    private static final int LOW_BATTERY = 15;
    private static final Duration BATTERY_CYCLE = Duration.ofHours(30);

    private final Clock clock;
    private final Instant since;
    private final DeviceKind kind;
    private final Identity identity;
    private final int cycleOffset;
    private final int signal;
    private final long storageTotal;
    private final long storageFree;
    private final String address;

    VirtualFacts(DeviceKind kind, Personality personality, Random random, Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.kind = kind;
        String model = kind.models().get(random.nextInt(kind.models().size()));
        int patch = 4 + random.nextInt(3);
        String firmware =
                personality == Personality.OLD_FIRMWARE
                        ? older(kind.release())
                        : kind.release() + "." + patch;
        this.identity =
                new Identity(
                        kind.manufacturer(),
                        model,
                        String.format(
                                "%s%08d",
                                kind.prefix().substring(0, 2).toUpperCase(java.util.Locale.ROOT),
                                random.nextInt(100_000_000)),
                        firmware,
                        kind.prefix(),
                        "rev" + (char) ('A' + random.nextInt(3)),
                        "1.0");
        this.cycleOffset = random.nextInt((int) BATTERY_CYCLE.toMinutes());
        this.signal = personality == Personality.FLAKY ? -108 : -55 - random.nextInt(40);
        this.storageTotal = 16L << 20;
        this.storageFree = storageTotal / 100 * (20 + random.nextInt(60));
        this.address =
                "10."
                        + random.nextInt(250)
                        + "."
                        + random.nextInt(250)
                        + "."
                        + (2 + random.nextInt(250));
    }

    private static String older(String release) {
        String[] parts = release.split("\\.");
        return parts[0] + "." + Math.max(0, Integer.parseInt(parts[1]) - 1) + ".0";
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Set<PowerSource> powerSources() {
        return kind.hasBattery()
                ? EnumSet.of(PowerSource.INTERNAL_BATTERY)
                : EnumSet.of(PowerSource.AC_MAINS);
    }

    @Override
    public Optional<Battery> battery() {
        if (!kind.hasBattery()) {
            return Optional.empty();
        }
        // a day of use, from full to nearly empty, then some hours of charging
        long cycle = BATTERY_CYCLE.toMinutes();
        long minute = (Duration.between(since, clock.instant()).toMinutes() + cycleOffset) % cycle;
        long using = cycle * 4 / 5;
        boolean isCharging = minute >= using;
        long level =
                isCharging
                        ? 12 + 88 * (minute - using) / (cycle - using)
                        : 100 - 88 * minute / using;
        BatteryStatus status =
                isCharging
                        ? BatteryStatus.CHARGING
                        : level < LOW_BATTERY ? BatteryStatus.LOW : BatteryStatus.NORMAL;
        return Optional.of(
                new Battery(
                        (int) level,
                        status,
                        OptionalLong.of(3500 + level * 7),
                        OptionalLong.of(isCharging ? 900 : 180)));
    }

    @Override
    public Storage storage() {
        return new Storage(storageFree, storageTotal);
    }

    @Override
    public Network network() {
        NetworkBearer bearer =
                kind.isMobile()
                        ? NetworkBearer.LTE_FDD
                        : kind == DeviceKind.SCANNER ? NetworkBearer.WLAN : NetworkBearer.ETHERNET;
        boolean isRadio = bearer != NetworkBearer.ETHERNET;
        return new Network(
                bearer,
                kind.isMobile() ? EnumSet.of(bearer, NetworkBearer.WLAN) : EnumSet.of(bearer),
                isRadio ? OptionalInt.of(signal) : OptionalInt.empty(),
                isRadio
                        ? OptionalInt.of(Math.max(5, Math.min(100, signal + 130)))
                        : OptionalInt.empty(),
                List.of(address),
                List.of(address.substring(0, address.lastIndexOf('.')) + ".1"));
    }

    @Override
    public Traffic traffic() {
        long seconds = Duration.between(since, clock.instant()).getSeconds();
        return new Traffic(4_000_000 + seconds * 140, 21_000_000 + seconds * 420);
    }

    @Override
    public Set<DeviceError> errors() {
        Set<DeviceError> errors = EnumSet.noneOf(DeviceError.class);
        if (battery().filter(battery -> battery.status() == BatteryStatus.LOW).isPresent()) {
            errors.add(DeviceError.LOW_BATTERY);
        }
        return errors;
    }
}
