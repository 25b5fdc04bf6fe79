package org.omtpdm.cli.nouns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;
import org.omtpdm.cli.ExitCode;
import org.omtpdm.cli.shell.ApiOptions;
import org.omtpdm.cli.shell.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A noun of the API; its verbs are its methods. */
abstract class Noun implements Runnable {

    static final String DEVICE = "Its id, endpoint client name, or display name";

    @Spec CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "What about "
                        + spec.name()
                        + "? One of: "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** Prints a page as its body or as a table, one row per item. */
    static int print(
            ApiOptions options,
            JsonNode page,
            String whenEmpty,
            Table table,
            BiConsumer<Table, JsonNode> addRow) {
        if (options.wantsJson()) {
            options.output().json(page);
            return ExitCode.DONE;
        }
        page.path("items").forEach(item -> addRow.accept(table, item));
        options.output().table(table, whenEmpty);
        Paging.remarkOnMore(options, page);
        return ExitCode.DONE;
    }
}
