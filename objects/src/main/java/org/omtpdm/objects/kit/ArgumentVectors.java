package org.omtpdm.objects.kit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.omtpdm.objects.FileResources;
import org.omtpdm.objects.ListingResources;
import org.omtpdm.objects.ObjectIds;
import org.omtpdm.objects.ProcessResources;
import org.omtpdm.objects.WireCode;
import org.omtpdm.objects.arguments.Argument;
import org.omtpdm.objects.arguments.ArgumentRules;
import org.omtpdm.objects.arguments.BadArgumentsException;
import org.omtpdm.objects.arguments.ExecuteArguments;
import org.omtpdm.objects.file.FileListArguments;
import org.omtpdm.objects.file.FileOperations;
import org.omtpdm.objects.process.ProcessListArguments;
import org.omtpdm.objects.process.ProcessOperations;

/** Payloads of Execute with their meaning, and payloads a device answers with 4.00. */
final class ArgumentVectors {

    private final ObjectNode vectors = JsonNodeFactory.instance.objectNode();
    private final ArrayNode valid = vectors.putArray("valid");
    private final ArrayNode invalid = vectors.putArray("invalid");

    private ArgumentVectors() {}

    static ObjectNode make() {
        ArgumentVectors made = new ArgumentVectors();
        made.processes();
        made.files();
        return made.vectors;
    }

    private void processes() {
        String terminate = path(ObjectIds.PROCESS, ProcessResources.TERMINATE);
        good(terminate, ProcessOperations.TERMINATE, "0='12',1='1772352000'");
        good(
                terminate,
                ProcessOperations.TERMINATE,
                "0='4194304',1='1772352000',2='1',9='4294967295'");
        good(terminate, ProcessOperations.TERMINATE, "9='7',3='60',2='0',1='1772352000',0='12'");
        bad(terminate, ProcessOperations.TERMINATE, "");
        bad(terminate, ProcessOperations.TERMINATE, "0='12'");
        bad(terminate, ProcessOperations.TERMINATE, "0='12',0='13',1='1772352000'");
        bad(terminate, ProcessOperations.TERMINATE, "0='abc',1='1'");
        bad(terminate, ProcessOperations.TERMINATE, "0='-1',1='1'");
        bad(terminate, ProcessOperations.TERMINATE, "0='99999999999',1='1'");
        bad(terminate, ProcessOperations.TERMINATE, "0='12',1='1',8");
        bad(terminate, ProcessOperations.TERMINATE, "0='12',1='1',3='61'");
        bad(terminate, ProcessOperations.TERMINATE, "0='12', 1='1'");
        bad(terminate, ProcessOperations.TERMINATE, "0='12',1='1',9='4294967296'");
        good(
                path(ObjectIds.PROCESS, ProcessResources.START),
                ProcessOperations.START,
                "0='3',1='--safe%20mode'");
        good(
                path(ObjectIds.PROCESS, ProcessResources.SET_PRIORITY),
                ProcessOperations.SET_PRIORITY,
                "0='12',1='1772352000',2='-20'");
        String list = path(ObjectIds.PROCESS, ListingResources.LIST);
        good(list, ProcessListArguments.RULES, "");
        good(list, ProcessListArguments.RULES, "4='*'");
        good(
                list,
                ProcessListArguments.RULES,
                "1='web*',2='50',3='102400',5='20',6='1',7='1',9='42'");
        bad(list, ProcessListArguments.RULES, "0='x'");
        bad(list, ProcessListArguments.RULES, "6='32'");
    }

    private void files() {
        String list = path(ObjectIds.FILE, ListingResources.LIST);
        good(list, FileListArguments.RULES, "0='0:'");
        good(list, FileListArguments.RULES, "0='0:logs',1='*.txt',2='1024',3='1772352000',7='3'");
        good(list, FileListArguments.RULES, "0='*',7='16',8='44d88612fea8a8f3'");
        good(list, FileListArguments.RULES, "0='1:caf%C3%A9/a%20b',4='1:caf%C3%A9/a%20b/c'");
        for (String wrong :
                new String[] {
                    "0:../etc", "/etc/passwd", "0:a//b", "0:a%00b", "0:%c3", "0:a/", "0:."
                }) {
            bad(list, FileListArguments.RULES, "0='" + wrong + "'");
        }
        bad(list, FileListArguments.RULES, "0='0:" + "a".repeat(254) + "'");
        bad(list, FileListArguments.RULES, "0='*',8='44d88612fea8a8f'");
        bad(list, FileListArguments.RULES, "0='0:',7='17'");
        String delete = path(ObjectIds.FILE, FileResources.DELETE);
        good(delete, FileOperations.DELETE, "0='0:a.txt',2='" + "ab".repeat(32) + "',9='1'");
        good(delete, FileOperations.DELETE, "0='0:old',1='1'");
        bad(delete, FileOperations.DELETE, "0='0:a.txt',2='" + "ab".repeat(31) + "'");
        bad(delete, FileOperations.DELETE, "0='0:a b.txt'");
        good(path(ObjectIds.FILE, FileResources.STAT), FileOperations.STAT, "0='0:a.txt',1='1'");
        good(path(ObjectIds.FILE, FileResources.MOVE), FileOperations.MOVE, "0='0:a',1='0:b'");
    }

    private void good(String path, ArgumentRules rules, String payload) {
        ObjectNode vector = vector(valid, path, payload);
        try {
            ExecuteArguments read = rules.parse(payload);
            ObjectNode meaning = vector.putObject("meaning");
            for (Argument<?> argument : rules.arguments()) {
                if (read.has(argument.digit())) {
                    put(meaning, argument.name(), read.get(argument));
                }
            }
        } catch (BadArgumentsException e) {
            throw new IllegalStateException("Vector " + payload, e);
        }
    }

    private static void put(ObjectNode meaning, String name, Object value) {
        if (value instanceof Long number) {
            meaning.put(name, number);
        } else if (value instanceof Instant time) {
            meaning.put(name, time.getEpochSecond());
        } else if (value instanceof WireCode code) {
            meaning.put(name, code.code());
        } else if (value instanceof Optional<?> directory) {
            meaning.put(name, directory.map(Object::toString).orElse("*"));
        } else {
            meaning.put(name, value.toString());
        }
    }

    private void bad(String path, ArgumentRules rules, String payload) {
        try {
            rules.parse(payload);
        } catch (BadArgumentsException e) {
            vector(invalid, path, payload).put("expected", "4.00").put("because", e.getMessage());
            return;
        }
        throw new IllegalStateException("Vector " + payload + " was accepted");
    }

    private static ObjectNode vector(ArrayNode list, String path, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        return list.addObject()
                .put("execute", path)
                .put("payload", payload)
                .put("hex", HexFormat.of().formatHex(bytes));
    }

    private static String path(int object, int resource) {
        return "/" + object + "/0/" + resource;
    }
}
