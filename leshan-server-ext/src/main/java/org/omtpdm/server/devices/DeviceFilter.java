package org.omtpdm.server.devices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which devices are meant; all given conditions must hold.
 *
 * @param q words found in name, endpoint, manufacturer, model, serial, firmware or note; all must
 *     match, without regard to case
 * @param state any of these; empty for every state
 * @param endpoint exact endpoint client name
 * @param firmware exact firmware version, empty text for unknown
 * @param model exact model number, empty text for unknown
 * @param manufacturer exact, empty text for unknown
 * @param attention true: only with open attention items; false: only without
 * @param heardBefore only devices that were heard, last before this time
 * @param heardSince only devices heard at or after this time
 */
public record DeviceFilter(
        Optional<String> q,
        List<DeviceState> state,
        Optional<String> endpoint,
        Optional<String> firmware,
        Optional<String> model,
        Optional<String> manufacturer,
        Optional<Boolean> attention,
        Optional<Instant> heardBefore,
        Optional<Instant> heardSince) {

    public static final DeviceFilter ALL =
            new DeviceFilter(
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public DeviceFilter {
        q = present(q);
        state = state == null ? List.of() : List.copyOf(state);
        endpoint = present(endpoint);
        firmware = present(firmware);
        model = present(model);
        manufacturer = present(manufacturer);
        attention = present(attention);
        heardBefore = present(heardBefore);
        heardSince = present(heardSince);
    }

    /** A field that a JSON document leaves out is no condition. */
    private static <T> Optional<T> present(Optional<T> given) {
        return given == null ? Optional.empty() : given;
    }

    /** Everything whose words match. */
    public static DeviceFilter search(String words) {
        return new DeviceFilter(
                Optional.of(words),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same filter for these states. */
    public DeviceFilter in(DeviceState... states) {
        return new DeviceFilter(
                q,
                List.of(states),
                endpoint,
                firmware,
                model,
                manufacturer,
                attention,
                heardBefore,
                heardSince);
    }

    /** Whether it may leave few of many. */
    boolean isSelective() {
        return q.isPresent()
                || !state.isEmpty()
                || endpoint.isPresent()
                || attention.isPresent()
                || heardBefore.isPresent()
                || heardSince.isPresent()
                || firmware.isPresent()
                || model.isPresent()
                || manufacturer.isPresent();
    }
}
