package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.SafeText;
import picocli.CommandLine.Option;

/** One page of a list. */
final class Paging {

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most this many, 1 to 500 (default: ${DEFAULT-VALUE})")
    int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on after an earlier page")
    String cursor;

    /**
     * A query with this page and further parameters, given as name, value, name, value; null is
     * left out.
     */
    Map<String, Object> query(Object... further) {
        Map<String, Object> query = new LinkedHashMap<>();
        for (int i = 0; i < further.length; i += 2) {
            if (further[i + 1] != null) {
                query.put((String) further[i], further[i + 1]);
            }
        }
        query.put("limit", limit);
        if (cursor != null) {
            query.put("cursor", cursor);
        }
        return query;
    }

    /** Says how to get the next page when there is one. */
    static void remarkOnMore(ApiOptions options, JsonNode page) {
        String next = page.path("nextCursor").asText("");
        if (!next.isEmpty()) {
            String total = page.has("total") ? " of " + page.path("total").asLong() : "";
            options.output()
                    .remark(
                            page.path("items").size()
                                    + total
                                    + " shown; more with --cursor "
                                    + SafeText.of(next));
        }
    }
}
