package org.omtpdm.client.linux;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.omtpdm.client.device.SystemFacts;
import org.omtpdm.objects.BatteryStatus;
import org.omtpdm.objects.DeviceError;
import org.omtpdm.objects.PowerSource;

/** Facts about this machine, from {@code /proc} and {@code /sys}. */
public final class LinuxSystemFacts implements SystemFacts {

    private static final int LOW_BATTERY_PERCENT = 10;
    private static final int LOW_MEMORY_PERCENT = 3;

    private final ProcFiles files;
    private final LinuxNetwork network;
    private final Path storage;
    private final Identity identity;

    /**
     * @param storage a folder on the file system whose room is reported
     * @param agentVersion reported as the software version
     */
    public LinuxSystemFacts(Path storage, String agentVersion) {
        this(new ProcFiles(Path.of("/")), storage, agentVersion);
    }

    LinuxSystemFacts(ProcFiles files, Path storage, String agentVersion) {
        this.files = files;
        this.network = new LinuxNetwork(files);
        this.storage = storage;
        this.identity = readIdentity(agentVersion);
    }

    private Identity readIdentity(String agentVersion) {
        String dmi = "sys/class/dmi/id/";
        String system = osRelease("PRETTY_NAME").orElse("Linux");
        String kernel = files.line("proc/sys/kernel/osrelease").orElse("unknown");
        return new Identity(
                files.line(dmi + "sys_vendor").orElse("Linux"),
                files.line(dmi + "product_name")
                        .or(
                                () ->
                                        files.text("proc/device-tree/model")
                                                .map(text -> text.replace("\0", "")))
                        .orElse(System.getProperty("os.arch")),
                files.line(dmi + "product_serial")
                        .or(() -> files.line("etc/machine-id"))
                        .orElse(""),
                system + ", kernel " + kernel,
                "Linux host",
                files.line(dmi + "product_version").orElse(""),
                agentVersion);
    }

    private Optional<String> osRelease(String key) {
        return files.text("etc/os-release")
                .flatMap(
                        text ->
                                text.lines()
                                        .filter(line -> line.startsWith(key + "="))
                                        .map(
                                                line ->
                                                        line.substring(key.length() + 1)
                                                                .replace("\"", ""))
                                        .findFirst());
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Set<PowerSource> powerSources() {
        Set<PowerSource> sources = EnumSet.noneOf(PowerSource.class);
        boolean hasBattery = false;
        for (String name : files.names("sys/class/power_supply")) {
            String type = files.line(supply(name) + "type").orElse("");
            if (type.equals("Battery")) {
                hasBattery = true;
                sources.add(PowerSource.INTERNAL_BATTERY);
            } else if (files.number(supply(name) + "online").orElse(0) == 1) {
                sources.add(type.startsWith("USB") ? PowerSource.USB : PowerSource.AC_MAINS);
            }
        }
        if (!hasBattery) {
            sources.add(PowerSource.AC_MAINS);
        }
        return sources;
    }

    @Override
    public Optional<Battery> battery() {
        for (String name : files.names("sys/class/power_supply")) {
            if (files.line(supply(name) + "type").orElse("").equals("Battery")) {
                OptionalLong level = files.number(supply(name) + "capacity");
                if (level.isPresent()) {
                    return Optional.of(
                            new Battery(
                                    (int) Math.max(0, Math.min(100, level.getAsLong())),
                                    status(files.line(supply(name) + "status").orElse("Unknown")),
                                    thousandth(supply(name) + "voltage_now"),
                                    thousandth(supply(name) + "current_now")));
                }
            }
        }
        return Optional.empty();
    }

    private static String supply(String name) {
        return "sys/class/power_supply/" + name + "/";
    }

    /** The kernel counts in millionths of a unit, LwM2M in thousandths. */
    private OptionalLong thousandth(String file) {
        OptionalLong millionths = files.number(file);
        return millionths.isEmpty()
                ? millionths
                : OptionalLong.of(Math.abs(millionths.getAsLong()) / 1000);
    }

    private static BatteryStatus status(String word) {
        return switch (word) {
            case "Charging" -> BatteryStatus.CHARGING;
            case "Full" -> BatteryStatus.CHARGE_COMPLETE;
            case "Discharging", "Not charging" -> BatteryStatus.NORMAL;
            default -> BatteryStatus.UNKNOWN;
        };
    }

    @Override
    public Storage storage() throws IOException {
        FileStore store = Files.getFileStore(storage);
        return new Storage(store.getUsableSpace() / 1024, store.getTotalSpace() / 1024);
    }

    @Override
    public Network network() {
        return network.read();
    }

    @Override
    public Traffic traffic() {
        return network.traffic();
    }

    @Override
    public Set<DeviceError> errors() {
        Set<DeviceError> errors = EnumSet.noneOf(DeviceError.class);
        Optional<Battery> battery = battery();
        if (battery.isPresent()
                && battery.get().level() < LOW_BATTERY_PERCENT
                && battery.get().status() == BatteryStatus.NORMAL) {
            errors.add(DeviceError.LOW_BATTERY);
        }
        try {
            MemoryFacts memory = MemoryFacts.read(files);
            if (memory.total() > 0
                    && memory.available() * 100 / memory.total() < LOW_MEMORY_PERCENT) {
                errors.add(DeviceError.OUT_OF_MEMORY);
            }
        } catch (IOException e) {
            // without /proc/meminfo there is nothing to say about memory
            return errors;
        }
        return errors;
    }
}
