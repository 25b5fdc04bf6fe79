package org.omtpdm.server.devices;

import java.util.Map;
import java.util.Optional;
import org.omtpdm.server.api.ErrorCode;
import org.omtpdm.server.api.ManagementException;
import org.omtpdm.server.api.Request;

/** Reads filters and orders of device lists from a request's query. */
final class DeviceQueryParameters {

    private static final int LONGEST_SEARCH = 500;

    private DeviceQueryParameters() {}

    static DeviceFilter filter(Request request) {
        return new DeviceFilter(
                search(request),
                request.queryAll("state").stream().map(DeviceQueryParameters::state).toList(),
                request.query("endpoint"),
                request.query("firmware"),
                request.query("model"),
                request.query("manufacturer"),
                request.queryBoolean("attention"),
                request.queryInstant("heardBefore"),
                request.queryInstant("heardSince"));
    }

    private static Optional<String> search(Request request) {
        var words = request.query("q");
        if (words.filter(text -> text.length() > LONGEST_SEARCH).isPresent()) {
            throw bad("q", "expected at most " + LONGEST_SEARCH + " characters");
        }
        return words;
    }

    private static DeviceState state(String word) {
        return DeviceState.find(word).orElseThrow(() -> bad("state", "expected one of " + known()));
    }

    private static String known() {
        return java.util.Arrays.toString(DeviceState.values());
    }

    static DeviceSort sort(Request request) {
        return request.query("sort")
                .map(
                        text ->
                                DeviceSort.find(text)
                                        .orElseThrow(
                                                () ->
                                                        bad(
                                                                "sort",
                                                                "expected a column, with a"
                                                                        + " leading - for downwards")))
                .orElse(DeviceSort.BY_NAME);
    }

    static ManagementException bad(String parameter, String problem) {
        return new ManagementException(
                ErrorCode.BAD_REQUEST,
                "Query parameter '" + parameter + "': " + problem,
                Map.of("parameter", parameter));
    }
}
