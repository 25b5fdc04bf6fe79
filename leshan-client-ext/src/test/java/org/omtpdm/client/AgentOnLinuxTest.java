package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.leshan.core.ResponseCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.FileType;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.FileRecords;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessRecords;

/** The agent on this very machine, managed by a stock Leshan server over DTLS. */
class AgentOnLinuxTest {

    private static final String NAME = "agent-1";

    @TempDir Path data;
    private PlainServer server;
    private Agent agent;

    @BeforeEach
    void start() throws Exception {
        server = PlainServer.start();
        agent =
                Agent.start(
                        new AgentConfig(
                                DeviceSettings.of(NAME, server.account(NAME)),
                                data,
                                List.of(),
                                true));
        agent.registered().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        server.close();
    }

    private List<ProcessEntry> processes(String arguments) throws Exception {
        List<ProcessEntry> all = new ArrayList<>();
        String start = "";
        while (true) {
            String payload =
                    arguments.isEmpty() || start.isEmpty()
                            ? arguments + start
                            : arguments + "," + start;
            assertThat(server.execute(NAME, "/42769/0/20", payload))
                    .isEqualTo(ResponseCode.CHANGED);
            ListPage<ProcessEntry> page;
            int number = 0;
            do {
                page = ProcessRecords.decode(server.page(NAME, 42769, number++));
                all.addAll(page.records());
            } while (page.next().code() == 1);
            if (page.next().code() == 0) {
                return all;
            }
            start = "4='*'";
        }
    }

    @Test
    @Requirement({"R-PR-01", "R-GEN-01"})
    void it_registers_and_lists_the_processes_that_really_run() throws Exception {
        assertThat(server.value(NAME, "/3/0/17")).isEqualTo("Linux host");

        List<ProcessEntry> listed = processes("");

        assertThat(listed)
                .extracting(ProcessEntry::pid)
                .isSorted()
                .contains(ProcessHandle.current().pid());
    }

    @Test
    @Requirement("R-PR-03")
    void a_process_started_by_the_script_is_ended_and_the_system_says_so() throws Exception {
        Process script =
                new ProcessBuilder(agent.sandboxScript().orElseThrow().toString(), "sleep", "1000")
                        .start();
        try {
            await().until(() -> script.descendants().findAny().isPresent());
            ProcessHandle sleep = script.descendants().findAny().orElseThrow();
            ProcessEntry entry =
                    await()
                            .until(
                                    () -> processes("1='sleep'"),
                                    found -> found.stream().anyMatch(p -> p.pid() == sleep.pid()))
                            .stream()
                            .filter(p -> p.pid() == sleep.pid())
                            .findAny()
                            .orElseThrow();

            assertThat(
                            server.execute(
                                    NAME,
                                    "/42769/0/3",
                                    "0='"
                                            + entry.pid()
                                            + "',1='"
                                            + entry.startTime().getEpochSecond()
                                            + "',9='7'"))
                    .isEqualTo(ResponseCode.CHANGED);

            await().until(() -> server.number(NAME, "/42769/0/30") == 2);
            assertThat(server.number(NAME, "/42769/0/31")).isEqualTo(1);
            assertThat(server.number(NAME, "/42769/0/32")).isEqualTo(7);
            assertThat(sleep.isAlive()).isFalse();
            assertThat(script.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
        }
    }

    @Test
    @Requirement("R-PR-04")
    void a_process_of_the_machine_outside_the_sandbox_is_protected() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            ProcessEntry entry =
                    processes("1='sleep'").stream()
                            .filter(p -> p.pid() == stranger.pid())
                            .findAny()
                            .orElseThrow();

            server.execute(
                    NAME,
                    "/42769/0/3",
                    "0='" + entry.pid() + "',1='" + entry.startTime().getEpochSecond() + "',2='1'");

            assertThat(server.number(NAME, "/42769/0/31")).isEqualTo(22);
            assertThat(String.valueOf(server.value(NAME, "/42769/0/35"))).contains("sandbox");
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    @Requirement("R-FI-01")
    void files_of_the_sandbox_are_listed() throws Exception {
        Path folder = agent.sandboxFiles().orElseThrow();
        Files.writeString(folder.resolve("hello.txt"), "hello");
        Files.createDirectory(folder.resolve("sub"));

        assertThat(server.execute(NAME, "/42770/0/20", "0='0:'")).isEqualTo(ResponseCode.CHANGED);

        ListPage<FileEntry> page = FileRecords.decode(server.page(NAME, 42770, 0));
        assertThat(page.records())
                .extracting(file -> file.path().toString(), FileEntry::type, FileEntry::size)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("0:hello.txt", FileType.FILE, 5L),
                        org.assertj.core.groups.Tuple.tuple("0:sub", FileType.DIRECTORY, 0L));
    }

    @Test
    void it_takes_leave_when_it_is_closed() throws Exception {
        agent.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> !server.knows(NAME));
    }
}
