package org.omtpdm.client.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.omtpdm.client.object.Arguments;
import org.omtpdm.client.object.DeviceContext;
import org.omtpdm.client.object.PreparedWrite;
import org.omtpdm.client.object.Refusal;
import org.omtpdm.client.object.ResourceTable;
import org.omtpdm.client.object.SharedObject;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ServerResources;

/**
 * LwM2M Server (/1:1.1): one instance per account, whose values the server may change for good.
 * Thread-safe.
 */
public final class ServerObject extends SharedObject {

    private static final long MAXIMUM_SECONDS = Integer.MAX_VALUE;
    private static final long DEFAULT_DISABLE_SECONDS = 86_400;

    /** What the engine of an account does when the server asks for it. */
    public interface Registration {
        /** Sends an Update now. */
        void update();

        /** Deregisters and registers again after a time. */
        void disable(Duration time);

        /** The lifetime has another value. */
        void lifetimeChanged();
    }

    private final DeviceContext context;
    private final boolean isQueueMode;
    private final Map<Integer, Registration> registrations = new ConcurrentHashMap<>();

    public ServerObject(DeviceContext context, List<ServerAccount> accounts, boolean isQueueMode) {
        super(context.model(ObjectIds.SERVER));
        this.context = context;
        this.isQueueMode = isQueueMode;
        for (int instance = 0; instance < accounts.size(); instance++) {
            addInstance(instance, resources(instance, accounts.get(instance)));
        }
    }

    /** Names who serves the account with this Short Server ID; once, before requests come. */
    public void attach(int shortServerId, Registration registration) {
        registrations.put(shortServerId, registration);
    }

    private ResourceTable resources(int instance, ServerAccount account) {
        int server = account.shortServerId();
        ResourceTable table =
                new ResourceTable()
                        .integer(ServerResources.SHORT_SERVER_ID, account::shortServerId)
                        .integer(ServerResources.LIFETIME, () -> lifetime(account).getSeconds())
                        .writable(
                                ServerResources.LIFETIME,
                                (who, value) -> prepareLifetime(instance, account, value))
                        .execute(
                                ServerResources.DISABLE,
                                (who, arguments) -> disable(server, arguments))
                        .text(ServerResources.BINDING, () -> binding(server))
                        .writable(
                                ServerResources.BINDING,
                                (who, value) -> prepareBinding(instance, server, value))
                        .execute(
                                ServerResources.REGISTRATION_UPDATE_TRIGGER,
                                (who, arguments) -> update(server, arguments))
                        .bool(
                                ServerResources.NOTIFICATION_STORING_WHEN_DISABLED_OR_OFFLINE,
                                () ->
                                        flag(
                                                server,
                                                ServerResources
                                                        .NOTIFICATION_STORING_WHEN_DISABLED_OR_OFFLINE,
                                                true))
                        .writable(
                                ServerResources.NOTIFICATION_STORING_WHEN_DISABLED_OR_OFFLINE,
                                (who, value) ->
                                        prepareFlag(
                                                instance,
                                                server,
                                                ServerResources
                                                        .NOTIFICATION_STORING_WHEN_DISABLED_OR_OFFLINE,
                                                value))
                        .bool(ServerResources.MUTE_SEND, () -> isSendMuted(server))
                        .writable(
                                ServerResources.MUTE_SEND,
                                (who, value) ->
                                        prepareFlag(
                                                instance,
                                                server,
                                                ServerResources.MUTE_SEND,
                                                value));
        seconds(table, instance, server, ServerResources.DEFAULT_MINIMUM_PERIOD);
        seconds(table, instance, server, ServerResources.DEFAULT_MAXIMUM_PERIOD);
        seconds(table, instance, server, ServerResources.DISABLE_TIMEOUT);
        return table;
    }

    /** A number of seconds that may be left open. */
    private void seconds(ResourceTable table, int instance, int server, int resource) {
        table.readable(
                        resource,
                        who ->
                                number(server, resource).stream()
                                        .mapToObj(
                                                v ->
                                                        (LwM2mResource)
                                                                LwM2mSingleResource
                                                                        .newIntegerResource(
                                                                                resource, v))
                                        .findFirst())
                .writable(
                        resource,
                        (who, value) -> {
                            long seconds = ResourceTable.number(value, 0, MAXIMUM_SECONDS);
                            return stored(instance, server, resource, Long.toString(seconds));
                        });
    }

    private static String key(int server, int resource) {
        return "server/" + server + "/" + resource;
    }

    private PreparedWrite stored(int instance, int server, int resource, String value) {
        return PreparedWrite.stored(
                key(server, resource),
                value,
                () -> context.changes().resources(id(), instance, resource));
    }

    private OptionalLong number(int server, int resource) {
        Optional<String> value = context.state().get(key(server, resource));
        return value.isPresent()
                ? OptionalLong.of(Long.parseLong(value.get()))
                : OptionalLong.empty();
    }

    private boolean flag(int server, int resource, boolean otherwise) {
        return context.state()
                .get(key(server, resource))
                .map(Boolean::parseBoolean)
                .orElse(otherwise);
    }

    /**
     * How long a registration shall live: what the server wrote, unless the configuration was
     * changed since.
     */
    public Duration lifetime(ServerAccount account) {
        String configured = Long.toString(account.lifetime().getSeconds());
        return context.state()
                .get(key(account.shortServerId(), ServerResources.LIFETIME))
                .filter(value -> value.endsWith("/" + configured))
                .map(
                        value ->
                                Duration.ofSeconds(
                                        Long.parseLong(value.substring(0, value.indexOf('/')))))
                .orElse(account.lifetime());
    }

    /** Whether the server doesn't want Sends. */
    public boolean isSendMuted(int server) {
        return flag(server, ServerResources.MUTE_SEND, false);
    }

    /** What applies to observations without a minimum period of their own, in seconds. */
    public OptionalLong defaultMinimumPeriod(int server) {
        return number(server, ServerResources.DEFAULT_MINIMUM_PERIOD);
    }

    /** What applies to observations without a maximum period of their own, in seconds. */
    public OptionalLong defaultMaximumPeriod(int server) {
        return number(server, ServerResources.DEFAULT_MAXIMUM_PERIOD);
    }

    private String binding(int server) {
        return context.state()
                .get(key(server, ServerResources.BINDING))
                .orElse(isQueueMode ? "UQ" : "U");
    }

    private PreparedWrite prepareLifetime(int instance, ServerAccount account, LwM2mResource value)
            throws Refusal {
        long seconds = ResourceTable.number(value, 1, MAXIMUM_SECONDS);
        int server = account.shortServerId();
        PreparedWrite write =
                stored(
                        instance,
                        server,
                        ServerResources.LIFETIME,
                        seconds + "/" + account.lifetime().getSeconds());
        return new PreparedWrite(
                write.state(),
                () -> {
                    write.apply().run();
                    Optional.ofNullable(registrations.get(server))
                            .ifPresent(Registration::lifetimeChanged);
                });
    }

    private PreparedWrite prepareBinding(int instance, int server, LwM2mResource value)
            throws Refusal {
        String binding = String.valueOf(value.getValue());
        if (!binding.equals("U") && !binding.equals("UQ")) {
            throw Refusal.badRequest("binding: this device supports U and UQ");
        }
        return stored(instance, server, ServerResources.BINDING, binding);
    }

    private PreparedWrite prepareFlag(int instance, int server, int resource, LwM2mResource value) {
        return stored(instance, server, resource, String.valueOf(value.getValue()));
    }

    private void update(int server, byte[] arguments) throws Refusal {
        Arguments.none("Registration Update Trigger", arguments);
        Optional.ofNullable(registrations.get(server)).ifPresent(Registration::update);
    }

    private void disable(int server, byte[] arguments) throws Refusal {
        Arguments.none("Disable", arguments);
        long seconds =
                number(server, ServerResources.DISABLE_TIMEOUT).orElse(DEFAULT_DISABLE_SECONDS);
        Optional.ofNullable(registrations.get(server))
                .ifPresent(registration -> registration.disable(Duration.ofSeconds(seconds)));
    }
}
