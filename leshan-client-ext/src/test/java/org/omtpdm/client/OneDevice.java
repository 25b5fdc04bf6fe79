package org.omtpdm.client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.omtpdm.client.virtual.Scenario;
import org.omtpdm.client.virtual.VirtualDevice;
import org.omtpdm.client.virtual.VirtualFleet;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessRecords;

/** A stock server and one virtual device on plain CoAP, asked with raw messages. */
final class OneDevice implements AutoCloseable {

    static final int TEXT = 0;
    static final int OPAQUE = 42;
    static final int NO_FORMAT = -1;

    private final PlainServer server = PlainServer.start();
    private final Scenario scenario;
    private final Optional<Path> data;
    private VirtualFleet fleet;

    private OneDevice(Scenario scenario, Optional<Path> data) throws Exception {
        this.scenario = scenario;
        this.data = data;
        startDevice();
    }

    static OneDevice start() throws Exception {
        return new OneDevice(Scenario.plain(1, 4), Optional.empty());
    }

    static OneDevice start(Path data) throws Exception {
        return new OneDevice(Scenario.plain(1, 4), Optional.of(data));
    }

    static OneDevice constrained() throws Exception {
        return new OneDevice(Scenario.plain(1, 4).asConstrained(), Optional.empty());
    }

    void startDevice() throws Exception {
        fleet =
                VirtualFleet.start(
                        scenario, name -> server.openAccount(Duration.ofSeconds(300)), data);
        fleet.registered().get(20, TimeUnit.SECONDS);
    }

    /** As when the battery is taken out. */
    void losePower() {
        fleet.vanish();
    }

    PlainServer server() {
        return server;
    }

    VirtualDevice device() {
        return fleet.devices().get(0);
    }

    String endpoint() {
        return device().endpoint();
    }

    static Request request(Code method, String path, int format, String payload) {
        Request request = new Request(method);
        request.getOptions().setUriPath(path);
        if (format != NO_FORMAT) {
            request.getOptions().setContentFormat(format);
        }
        boolean takesPayload = method != Code.GET && method != Code.DELETE;
        if (takesPayload && !payload.isEmpty()) {
            request.setPayload(payload.getBytes(StandardCharsets.UTF_8));
        }
        return request;
    }

    Response send(Request request) throws InterruptedException {
        return server.raw(endpoint(), request);
    }

    Response get(String path, int accept) throws InterruptedException {
        Request request = request(Code.GET, path, NO_FORMAT, "");
        if (accept != NO_FORMAT) {
            request.getOptions().setAccept(accept);
        }
        return send(request);
    }

    ResponseCode execute(String path, String arguments) throws InterruptedException {
        return send(request(Code.POST, path, NO_FORMAT, arguments)).getCode();
    }

    /** The value of a single resource as text. */
    String text(String path) throws InterruptedException {
        Response response = get(path, TEXT);
        if (response.getCode() != ResponseCode.CONTENT) {
            throw new AssertionError(
                    path + ": " + response.getCode() + " " + response.getPayloadString());
        }
        return response.getPayloadString();
    }

    long number(String path) throws InterruptedException {
        return Long.parseLong(text(path));
    }

    List<ProcessEntry> processes() throws Exception {
        execute("/42769/0/20", "");
        List<ProcessEntry> all = new ArrayList<>();
        for (int page = 0; page < number("/42769/0/22"); page++) {
            all.addAll(
                    ProcessRecords.decode(get("/42769/0/21/" + page, OPAQUE).getPayload())
                            .records());
        }
        return all;
    }

    @Override
    public void close() {
        fleet.close();
        server.close();
    }
}
