package org.omtpdm.client.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.client.process.ProcessTable;
import org.omtpdm.client.process.ProcessTableContract;
import org.omtpdm.client.process.RunningProcess;
import org.omtpdm.client.state.InMemoryStateStore;
import org.omtpdm.objects.ProcessState;
import org.omtpdm.objects.process.LastExit;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

class LinuxProcessTableTest extends ProcessTableContract {

    @TempDir Path folder;
    private final List<Process> started = new ArrayList<>();
    private final InMemoryStateStore state = new InMemoryStateStore();
    private LinuxProcessTable table;

    @BeforeEach
    void open() throws Exception {
        table = new LinuxProcessTable(state, Optional.empty(), new DigestCache());
    }

    @AfterEach
    void endAll() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    private Process run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    @Override
    protected ProcessTable table() {
        return table;
    }

    @Override
    protected long start() throws Exception {
        return run("sleep", "1000").pid();
    }

    @Override
    protected long startStubborn() throws Exception {
        Process shell = run("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done");
        assertThat(shell.inputReader().readLine()).isEqualTo("ready");
        return shell.pid();
    }

    @Override
    protected long self() {
        return ProcessHandle.current().pid();
    }

    @Test
    void facts_agree_with_those_of_another_library() throws Exception {
        start();
        Map<Long, OSProcess> oracle =
                new SystemInfo()
                        .getOperatingSystem().getProcesses().stream()
                                .collect(
                                        Collectors.toMap(
                                                p -> (long) p.getProcessID(), Function.identity()));
        int compared = 0;
        for (RunningProcess ours : table.processes()) {
            OSProcess theirs = oracle.get(ours.pid());
            if (theirs == null || theirs.getState() == OSProcess.State.ZOMBIE) {
                continue;
            }
            compared++;
            assertThat(ours.entry().parent())
                    .as("parent of %s", ours)
                    .isEqualTo(theirs.getParentProcessID());
            assertThat(Long.toString(ours.entry().uid()))
                    .as("owner of %s", ours)
                    .isEqualTo(theirs.getUserID());
            assertThat(ours.entry().startTime().getEpochSecond())
                    .as("start of %s", ours)
                    .isBetween(theirs.getStartTime() / 1000 - 1, theirs.getStartTime() / 1000 + 1);
            if (!ours.isKernelThread() && ours.entry().rssKiB() > 20_000) {
                double ratio = (double) theirs.getResidentMemory() / 1024 / ours.entry().rssKiB();
                assertThat(ratio).as("memory of %s", ours).isBetween(0.5, 2.0);
            }
        }
        assertThat(compared).isGreaterThan(3);
    }

    @Test
    void start_times_stay_the_same_from_read_to_read_and_over_restarts_of_the_agent()
            throws Exception {
        long pid = start();
        var first = table.find(pid).orElseThrow().entry().startTime();
        for (int i = 0; i < 50; i++) {
            assertThat(table.find(pid).orElseThrow().entry().startTime()).isEqualTo(first);
        }
        LinuxProcessTable afterRestart =
                new LinuxProcessTable(state, Optional.empty(), new DigestCache());

        assertThat(afterRestart.find(pid).orElseThrow().entry().startTime()).isEqualTo(first);
        assertThat(first.getEpochSecond())
                .isBetween(
                        System.currentTimeMillis() / 1000 - 60,
                        System.currentTimeMillis() / 1000 + 2);
    }

    @Test
    void a_busy_process_shows_in_the_last_interval() throws Exception {
        long pid = run("sh", "-c", "while :; do :; done").pid();
        await().atMost(20, TimeUnit.SECONDS)
                .pollInterval(1100, TimeUnit.MILLISECONDS)
                .until(
                        () ->
                                table.processes().stream()
                                                .filter(p -> p.pid() == pid)
                                                .findFirst()
                                                .orElseThrow()
                                                .entry()
                                                .cpuPermille()
                                        > 20);
    }

    @Test
    void stopped_and_ended_processes_show_their_state() throws Exception {
        long pid = start();
        new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();

        await().until(() -> table.find(pid).orElseThrow().entry().state() == ProcessState.STOPPED);
    }

    @Test
    void a_name_with_parentheses_and_blanks_is_read_right() throws Exception {
        Path odd = folder.resolve("a) S 1 (b");
        Files.copy(Path.of("/bin/sleep"), odd);

        long pid = run(odd.toString(), "1000").pid();

        assertThat(table.find(pid).orElseThrow().entry().name()).isEqualTo("a) S 1 (b");
    }

    @Test
    void a_long_name_is_completed_from_the_command() throws Exception {
        Path odd = folder.resolve("a-name-longer-than-the-kernel-keeps");
        Files.copy(Path.of("/bin/sleep"), odd);

        long pid = run(odd.toString(), "1000").pid();

        assertThat(table.find(pid).orElseThrow().entry().name())
                .isEqualTo("a-name-longer-than-the-kernel-keeps");
    }

    @Test
    void the_executable_of_a_process_is_hashed() throws Exception {
        RunningProcess sleep = table.find(start()).orElseThrow();
        byte[] expected =
                MessageDigest.getInstance("SHA-256")
                        .digest(Files.readAllBytes(Path.of("/bin/sleep").toRealPath()));

        await().until(
                        () -> table.executableHash(sleep).map(hash -> hash.hex()).orElse(""),
                        hex -> hex.equals(HexFormat.of().formatHex(expected)));
    }

    @Test
    void nonsense_in_place_of_a_stat_line_is_no_process() {
        for (String nonsense :
                List.of("", "1", "1 (a", "1 (a)", "x (a) S 1", "1 (a) S 1 2 3", ")(")) {
            assertThat(ProcessStat.parse(nonsense)).as(nonsense).isEmpty();
        }
    }

    @Test
    void only_what_was_started_by_the_script_is_in_the_sandbox_children_included()
            throws Exception {
        Sandbox sandbox = Sandbox.open(folder.resolve("box"), state);
        LinuxProcessTable boxed =
                new LinuxProcessTable(state, Optional.of(sandbox), new DigestCache());
        Process script = run(sandbox.run().toString(), "sh", "-c", "sleep 1000 & wait");
        await().until(() -> script.descendants().count() == 2);
        long stranger = start();

        List<Long> inside = script.descendants().map(ProcessHandle::pid).toList();

        for (long pid : inside) {
            assertThat(boxed.protection(boxed.find(pid).orElseThrow())).isEmpty();
        }
        assertThat(boxed.protection(boxed.find(stranger).orElseThrow()))
                .contains("it was not started in the sandbox");
        assertThat(boxed.protection(boxed.find(script.pid()).orElseThrow())).isPresent();
    }

    @Test
    void the_script_passes_on_input_output_arguments_and_exit_code() throws Exception {
        Sandbox sandbox = Sandbox.open(folder.resolve("box with blank"), state);
        Process script =
                run(
                        sandbox.run().toString(),
                        "sh",
                        "-c",
                        "cat; printf '<%s>' \"$@\"; exit 7",
                        "x",
                        "a b",
                        "c'd");
        try (var in = script.getOutputStream()) {
            in.write("input ".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(script.waitFor()).isEqualTo(7);
        assertThat(new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("input <a b><c'd>");
        LastExit exit = sandbox.lastExit().orElseThrow();
        assertThat(exit.name()).isEqualTo("sh");
        assertThat(exit.code()).isEqualTo(7);
    }

    @Test
    void an_abnormal_end_in_the_sandbox_is_noticed_but_not_one_of_our_making() throws Exception {
        Sandbox sandbox = Sandbox.open(folder.resolve("box"), state);
        LinuxProcessTable boxed =
                new LinuxProcessTable(state, Optional.of(sandbox), new DigestCache());
        Process fine = run(sandbox.run().toString(), "true");
        fine.waitFor();
        assertThat(boxed.lastExit()).isEmpty();

        Process crashed = run(sandbox.run().toString(), "sh", "-c", "kill -SEGV $$");
        crashed.waitFor();
        assertThat(boxed.lastExit().orElseThrow().signal()).isEqualTo(11);

        Process ended = run(sandbox.run().toString(), "sleep", "1000");
        await().until(() -> ended.descendants().count() == 1);
        RunningProcess sleep =
                boxed.find(ended.descendants().findFirst().orElseThrow().pid()).orElseThrow();
        boxed.signal(sleep, org.omtpdm.objects.TerminateMode.FORCED);
        assertThat(ended.waitFor()).isEqualTo(137);
        assertThat(boxed.lastExit().orElseThrow().signal()).isEqualTo(11);
    }

    @Test
    void ending_the_script_ends_its_program() throws Exception {
        Sandbox sandbox = Sandbox.open(folder.resolve("box"), state);
        Process script = run(sandbox.run().toString(), "sleep", "1000");
        await().until(() -> script.descendants().count() == 1);
        ProcessHandle sleep = script.descendants().findFirst().orElseThrow();

        script.destroy();

        assertThat(script.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(sleep.isAlive()).isFalse();
    }
}
