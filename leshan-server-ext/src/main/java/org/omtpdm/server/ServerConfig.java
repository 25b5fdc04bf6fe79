package org.omtpdm.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.omtpdm.server.api.HttpConfig;
import org.omtpdm.server.config.Setting;
import org.omtpdm.server.config.Settings;
import org.omtpdm.server.events.EventRetention;
import org.omtpdm.server.lwm2m.Lwm2mConfig;
import org.omtpdm.server.reconcile.LanePolicy;
import org.omtpdm.server.security.accounts.SessionConfig;
import org.omtpdm.server.store.DatabaseConfig;

/**
 * Everything that can be set about a server. Read once, at the start.
 *
 * @param data the folder that holds everything the server keeps
 * @param secretKey what device keys are sealed with, in hexadecimal; absent: a file in the data
 *     folder
 * @param lwm2m its data folder and key are filled in at the start
 * @param demo whether this is the demo's server; the console says so
 */
public record ServerConfig(
        Path data,
        Optional<String> secretKey,
        DatabaseConfig database,
        HttpConfig http,
        Lwm2mConfig lwm2m,
        LanePolicy lane,
        SessionConfig sessions,
        EventRetention events,
        boolean demo) {

    /** Port of the console and the API, unless set otherwise. */
    public static final int HTTP_PORT = 8080;

    /** IANA's port for CoAP over DTLS. */
    public static final int COAPS_PORT = 5684;

    /** IANA's port for CoAP. */
    public static final int COAP_PORT = 5683;

    /** The environment variable that may hold the secret key. */
    public static final String SECRET_KEY_VARIABLE = "OMTPDM_SECRET_KEY";

    /** A configuration with the settings it was made of. */
    public record Loaded(ServerConfig config, List<Setting> settings) {}

    /** Everything in one folder, on loopback, on free ports. */
    public static ServerConfig inFolder(Path data) {
        return new ServerConfig(
                data,
                Optional.empty(),
                DatabaseConfig.sqlite(data.resolve("omtpdm.db")),
                HttpConfig.onLoopback(0),
                Lwm2mConfig.onLoopback(data),
                LanePolicy.DEFAULT,
                SessionConfig.DEFAULT,
                EventRetention.DEFAULT,
                false);
    }

    /**
     * Reads the configuration.
     *
     * @param file a TOML file; absent for defaults
     * @param pairs settings that count more than the file's, each {@code key=value}
     * @param secretKey from the environment, {@link #SECRET_KEY_VARIABLE}
     * @param defaultData the data folder when none is set
     * @throws org.omtpdm.server.config.ConfigException with all problems
     */
    public static Loaded load(
            Optional<Path> file, List<String> pairs, Optional<String> secretKey, Path defaultData) {
        var settings = Settings.read(file, pairs);
        var data = settings.path("data", defaultData).toAbsolutePath().normalize();
        var database = database(settings, data);
        var http = http(settings);
        var lwm2m = lwm2m(settings, data);
        var lane = lane(settings);
        var sessions = sessions(settings);
        var events = events(settings);
        secretKey
                .filter(key -> !key.strip().matches("[0-9a-fA-F]{64}"))
                .ifPresent(
                        key ->
                                settings.problem(
                                        SECRET_KEY_VARIABLE + ": expected 64 hexadecimal digits"));
        settings.finish();
        var config =
                new ServerConfig(
                        data,
                        secretKey,
                        database.orElseThrow(),
                        http.orElseThrow(),
                        lwm2m.orElseThrow(),
                        lane.orElseThrow(),
                        sessions.orElseThrow(),
                        events.orElseThrow(),
                        false);
        return new Loaded(config, settings.all());
    }

    private static Optional<DatabaseConfig> database(Settings settings, Path data) {
        var url = settings.text("database.url", "jdbc:sqlite:" + data.resolve("omtpdm.db"));
        var user = settings.optionalText("database.user");
        var password = settings.secret("database.password");
        var readers = settings.number("database.readers", 4, 1, 64);
        return settings.build(() -> new DatabaseConfig(url, user, password, readers));
    }

    private static Optional<HttpConfig> http(Settings settings) {
        var host = settings.text("http.host", "127.0.0.1");
        var port = settings.number("http.port", HTTP_PORT, 0, 65535);
        var allowed = settings.texts("http.allowed-hosts");
        var secure = settings.flag("http.secure-cookies", false);
        return settings.build(() -> new HttpConfig(host, port, allowed, secure));
    }

    private static Optional<Lwm2mConfig> lwm2m(Settings settings, Path data) {
        var usual = Lwm2mConfig.onLoopback(data);
        var address = address(settings);
        var coaps = settings.number("lwm2m.coaps-port", COAPS_PORT, 0, 65535);
        var coap = settings.number("lwm2m.coap-port", COAP_PORT, 0, 65535);
        var nosec = settings.flag("lwm2m.nosec", false);
        var lifetime =
                settings.duration(
                        "lwm2m.default-lifetime",
                        usual.defaultLifetime(),
                        Duration.ofSeconds(1),
                        Duration.ofDays(3650));
        var awake =
                settings.duration(
                        "lwm2m.awake-time",
                        usual.awakeTime(),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1));
        var inFlight = settings.number("lwm2m.max-in-flight", usual.maxInFlight(), 1, 1_000_000);
        var registrations =
                settings.number(
                        "lwm2m.max-registrations", usual.maxRegistrations(), 1, 100_000_000);
        var body = settings.size("lwm2m.max-body-size", usual.maxBodySize(), 1L << 10, 16L << 20);
        var connections =
                settings.number("lwm2m.max-connections", usual.maxConnections(), 1, 10_000_000);
        var calls = settings.number("lwm2m.calls-per-second", usual.callsPerSecond(), 1, 10_000);
        return settings.build(
                () ->
                        new Lwm2mConfig(
                                address,
                                coaps,
                                nosec ? Optional.of(coap) : Optional.empty(),
                                data,
                                new byte[0],
                                lifetime,
                                awake,
                                inFlight,
                                registrations,
                                (int) body,
                                connections,
                                calls));
    }

    private static InetAddress address(Settings settings) {
        var host = settings.text("lwm2m.host", "127.0.0.1");
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            settings.problem("lwm2m.host: " + host + ", expected an address of this machine");
            return InetAddress.getLoopbackAddress();
        }
    }

    private static Optional<LanePolicy> lane(Settings settings) {
        var usual = LanePolicy.DEFAULT;
        var second = Duration.ofSeconds(1);
        var atOnce = settings.number("lane.devices-at-once", usual.devicesAtOnce(), 1, 100_000);
        var within =
                settings.duration(
                        "lane.answer-within", usual.answerWithin(), second, Duration.ofMinutes(10));
        var attempts = settings.number("lane.attempts", usual.attempts(), 1, 100);
        var first =
                settings.duration(
                        "lane.first-pause", usual.firstPause(), second, Duration.ofHours(1));
        var longest =
                settings.duration(
                        "lane.longest-pause", usual.longestPause(), second, Duration.ofDays(1));
        return settings.build(() -> new LanePolicy(atOnce, within, attempts, first, longest));
    }

    private static Optional<SessionConfig> sessions(Settings settings) {
        var minute = Duration.ofMinutes(1);
        var idle =
                settings.duration(
                        "security.session-idle",
                        SessionConfig.DEFAULT.idle(),
                        minute,
                        Duration.ofDays(30));
        var lifetime =
                settings.duration(
                        "security.session-lifetime",
                        SessionConfig.DEFAULT.lifetime(),
                        minute,
                        Duration.ofDays(90));
        return settings.build(() -> new SessionConfig(idle, lifetime));
    }

    private static Optional<EventRetention> events(Settings settings) {
        var keep =
                settings.duration(
                        "events.keep",
                        EventRetention.DEFAULT.keep(),
                        Duration.ofHours(1),
                        Duration.ofDays(3650));
        var atMost =
                settings.number(
                        "events.keep-at-most", EventRetention.DEFAULT.atMost(), 1_000, 100_000_000);
        return settings.build(() -> new EventRetention(keep, atMost));
    }

    public ServerConfig withHttp(HttpConfig other) {
        return new ServerConfig(
                data, secretKey, database, other, lwm2m, lane, sessions, events, demo);
    }

    public ServerConfig withLwm2m(Lwm2mConfig other) {
        return new ServerConfig(
                data, secretKey, database, http, other, lane, sessions, events, demo);
    }

    public ServerConfig withLane(LanePolicy other) {
        return new ServerConfig(
                data, secretKey, database, http, lwm2m, other, sessions, events, demo);
    }

    public ServerConfig asDemo() {
        return new ServerConfig(
                data, secretKey, database, http, lwm2m, lane, sessions, events, true);
    }

    /** Without the secret key. */
    @Override
    public String toString() {
        return "ServerConfig[" + data + ", " + database + ", " + http + ", " + lwm2m + "]";
    }
}
