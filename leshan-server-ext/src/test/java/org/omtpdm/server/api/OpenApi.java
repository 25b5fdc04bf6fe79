package org.omtpdm.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What {@code openapi.yaml} says. */
public final class OpenApi {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final JsonNode ROOT = read();

    private OpenApi() {}

    /**
     * An operation.
     *
     * @param permission in the API's form, or {@code signed-in}, or {@code anonymous}
     */
    public record Operation(String method, String path, String permission, boolean hasBody) {
        @Override
        public String toString() {
            return method + " " + path + " " + permission;
        }
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Contract.TEXT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        for (var path : ROOT.get("paths").properties()) {
            for (var member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    operations.add(
                            new Operation(
                                    member.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    member.getValue().path("x-permission").asText(),
                                    member.getValue().has("requestBody")));
                }
            }
        }
        return operations;
    }

    /** The values of an enumeration among the schemas. */
    public static List<String> enumeration(String schema) {
        var values = ROOT.get("components").get("schemas").get(schema).get("enum");
        return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
    }
}
