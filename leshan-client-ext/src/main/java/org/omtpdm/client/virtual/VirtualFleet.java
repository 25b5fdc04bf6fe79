package org.omtpdm.client.virtual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.leshan.core.model.ObjectModel;
import org.omtpdm.client.account.ServerAccount;
import org.omtpdm.client.lwm2m.DeviceThreads;
import org.omtpdm.client.state.DataFolder;
import org.omtpdm.objects.ObjectModels;

/** Many virtual devices in one process, which share threads and definitions. Thread-safe. */
public final class VirtualFleet implements AutoCloseable {

    /** Handshakes cost both sides computing; a fleet starts at this pace. */
    private static final long START_PAUSE_MILLIS = 10;

    private final DeviceThreads threads;
    private final List<VirtualDevice> devices;

    private VirtualFleet(DeviceThreads threads, List<VirtualDevice> devices) {
        this.threads = threads;
        this.devices = List.copyOf(devices);
    }

    /**
     * Starts the devices of a scenario. Returns at once; they register one after the other.
     *
     * @param account where a device registers, by its endpoint name
     * @param data a folder in which each device keeps its state; without it a fleet forgets
     *     everything when it ends
     * @throws IOException when the folder can't be used; nothing is left running
     */
    public static VirtualFleet start(
            Scenario scenario, Function<String, ServerAccount> account, Optional<Path> data)
            throws IOException {
        Map<Integer, ObjectModel> models =
                ObjectModels.current().stream()
                        .collect(Collectors.toMap(model -> model.id, Function.identity()));
        int processors = Runtime.getRuntime().availableProcessors();
        DeviceThreads threads = DeviceThreads.create("fleet", Math.max(2, processors), 64);
        List<VirtualDevice> devices = new ArrayList<>();
        try {
            for (Scenario.Member member : scenario.members()) {
                Optional<DataFolder> folder =
                        data.isPresent()
                                ? Optional.of(
                                        DataFolder.open(data.get().resolve(member.endpoint())))
                                : Optional.empty();
                devices.add(
                        new VirtualDevice(
                                scenario,
                                member,
                                account.apply(member.endpoint()),
                                folder,
                                models,
                                threads,
                                Clock.systemDefaultZone()));
            }
        } catch (IOException | RuntimeException e) {
            devices.forEach(VirtualDevice::vanish);
            threads.close();
            throw e;
        }
        VirtualFleet fleet = new VirtualFleet(threads, devices);
        fleet.startOneByOne();
        return fleet;
    }

    private void startOneByOne() {
        for (int i = 0; i < devices.size(); i++) {
            VirtualDevice device = devices.get(i);
            threads.protocol()
                    .schedule(
                            () -> startNow(device), i * START_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void startNow(VirtualDevice device) {
        try {
            device.start();
        } catch (IOException e) {
            device.registered().completeExceptionally(e);
            throw new UncheckedIOException("Start " + device.endpoint(), e);
        }
    }

    /** All devices, in the scenario's order. */
    public List<VirtualDevice> devices() {
        return devices;
    }

    /** The device with this endpoint name. */
    public Optional<VirtualDevice> device(String endpoint) {
        return devices.stream().filter(device -> device.endpoint().equals(endpoint)).findFirst();
    }

    /** Done when every device has registered for the first time. */
    public CompletableFuture<Void> registered() {
        return CompletableFuture.allOf(
                devices.stream().map(VirtualDevice::registered).toArray(CompletableFuture[]::new));
    }

    /** All devices take leave and stop. */
    @Override
    public void close() {
        devices.parallelStream().forEach(VirtualDevice::close);
        threads.close();
    }

    /** All devices stop without a word. */
    public void vanish() {
        devices.forEach(VirtualDevice::vanish);
        threads.close();
    }
}
