package org.omtpdm.client.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.omtpdm.client.process.ProcessTable.Signalled;
import org.omtpdm.objects.TerminateMode;

/** What every {@link ProcessTable} does. */
public abstract class ProcessTableContract {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    protected abstract ProcessTable table();

    /** Starts a process that ends when asked; gives its pid. */
    protected abstract long start() throws Exception;

    /** Starts a process that ends only when forced. */
    protected abstract long startStubborn() throws Exception;

    /** Pid of the agent itself. */
    protected abstract long self();

    @Test
    void processes_come_by_pid_and_are_found_again_the_same() throws Exception {
        long pid = start();

        List<RunningProcess> all = table().processes();

        assertThat(all)
                .extracting(RunningProcess::pid)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains(pid, self());
        RunningProcess listed = all.stream().filter(p -> p.pid() == pid).findFirst().orElseThrow();
        RunningProcess found = table().find(pid).orElseThrow();
        assertThat(found.isSameAs(listed)).isTrue();
        assertThat(found.entry().startTime()).isEqualTo(listed.entry().startTime());
        assertThat(found.entry().name()).isEqualTo(listed.entry().name());
    }

    @Test
    void a_process_that_is_asked_ends() throws Exception {
        RunningProcess process = table().find(start()).orElseThrow();

        assertThat(table().signal(process, TerminateMode.GRACEFUL)).isEqualTo(Signalled.SENT);

        assertThat(table().awaitEnd(process, SOON)).isTrue();
    }

    @Test
    void a_stubborn_process_survives_asking_but_not_forcing() throws Exception {
        RunningProcess process = table().find(startStubborn()).orElseThrow();

        table().signal(process, TerminateMode.GRACEFUL);
        assertThat(table().awaitEnd(process, Duration.ofMillis(300))).isFalse();
        assertThat(table().signal(process, TerminateMode.FORCED)).isEqualTo(Signalled.SENT);

        assertThat(table().awaitEnd(process, SOON)).isTrue();
    }

    @Test
    void a_signal_for_another_incarnation_of_the_pid_hits_nobody() throws Exception {
        RunningProcess process = table().find(start()).orElseThrow();
        RunningProcess older =
                new RunningProcess(process.entry(), process.incarnation() - 1, false);

        assertThat(table().signal(older, TerminateMode.FORCED)).isEqualTo(Signalled.GONE);

        assertThat(table().awaitEnd(process, AT_ONCE)).isFalse();
        assertThat(table().awaitEnd(older, AT_ONCE)).isTrue();
    }

    @Test
    void the_first_process_and_the_agent_are_protected() throws Exception {
        assertThat(table().protection(table().find(1).orElseThrow())).isPresent();
        assertThat(table().protection(table().find(self()).orElseThrow())).isPresent();
        assertThat(table().protection(table().find(start()).orElseThrow())).isEmpty();
    }

    @Test
    void the_load_is_within_bounds() throws Exception {
        ProcessTable.Load load = table().load();

        assertThat(load.cpuPercent()).isBetween(0, 100);
        assertThat(load.memoryUsed()).isPositive();
    }
}
