package org.omtpdm.objects.kit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.StatResult;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.process.LastExit;
import org.omtpdm.objects.process.ProcessEntry;

/**
 * What documents say, as JSON: times in seconds since 1970, enumerations as codes, digests in
 * hexadecimal digits.
 */
final class Meaning {

    private Meaning() {}

    static <R> ObjectNode of(ListPage<R> page, Function<R, ObjectNode> record) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("windowId", page.windowId())
                        .put("pageNumber", page.pageNumber())
                        .put("next", page.next().code());
        ArrayNode records = node.putArray("records");
        page.records().forEach(entry -> records.add(record.apply(entry)));
        return node;
    }

    static ObjectNode of(ProcessEntry process) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("pid", process.pid())
                        .put("parent", process.parent())
                        .put("uid", process.uid())
                        .put("state", process.state().code())
                        .put("cpuPermille", process.cpuPermille())
                        .put("rssKiB", process.rssKiB())
                        .put("startTime", process.startTime().getEpochSecond())
                        .put("name", process.name());
        process.packageInstance().ifPresent(instance -> node.put("packageInstance", instance));
        process.hash().ifPresent(hash -> node.put("hash", hash.hex()));
        return node;
    }

    static ObjectNode of(FileEntry file) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("path", file.path().toString())
                        .put("type", file.type().code())
                        .put("size", file.size())
                        .put("modified", file.modified().getEpochSecond());
        file.hash().ifPresent(hash -> node.put("hash", hash.hex()));
        return node;
    }

    static ObjectNode of(StatResult stat) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("path", stat.path().toString())
                        .put("type", stat.type().code())
                        .put("size", stat.size())
                        .put("modified", stat.modified().getEpochSecond());
        stat.mode().ifPresent(mode -> node.put("mode", mode));
        stat.sha256().ifPresent(digest -> node.put("sha256", digest.hex()));
        stat.packageInstance().ifPresent(instance -> node.put("packageInstance", instance));
        return node;
    }

    static ObjectNode of(LastExit exit) {
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("pid", exit.pid())
                        .put("name", exit.name())
                        .put("code", exit.code())
                        .put("signal", exit.signal())
                        .put("time", exit.time().getEpochSecond());
        exit.packageInstance().ifPresent(instance -> node.put("packageInstance", instance));
        return node;
    }
}
