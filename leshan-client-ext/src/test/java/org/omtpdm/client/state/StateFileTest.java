package org.omtpdm.client.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    @TempDir Path folder;

    /**
     * A disk whose power fails before the n-th step, and in the middle of a write where the step is
     * one.
     */
    private static final class FailingDisk implements Disk {
        private final Disk real = Disk.real();
        private int stepsLeft;

        private FailingDisk(int stepsLeft) {
            this.stepsLeft = stepsLeft;
        }

        private void step() throws IOException {
            if (stepsLeft-- <= 0) {
                throw new IOException("power cut");
            }
        }

        @Override
        public void writeAndSync(Path file, byte[] content) throws IOException {
            if (stepsLeft == 0) {
                Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
            }
            step();
            real.writeAndSync(file, content);
        }

        @Override
        public void appendAndSync(Path file, byte[] content) throws IOException {
            step();
            real.appendAndSync(file, content);
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
            step();
            real.replace(from, to);
        }

        @Override
        public void syncFolder(Path syncedFolder) throws IOException {
            step();
            real.syncFolder(syncedFolder);
        }
    }

    private Path file() {
        return folder.resolve("state");
    }

    @Test
    void what_was_written_is_there_after_a_restart() throws Exception {
        StateFile.open(file())
                .write(Map.of("a/1", Optional.of("one\nline\\two\r"), "a/2", Optional.of("")));

        StateFile again = StateFile.open(file());

        assertThat(again.get("a/1")).contains("one\nline\\two\r");
        assertThat(again.get("a/2")).contains("");
        assertThat(again.startingWith("a/")).hasSize(2);
        assertThat(again.get("b")).isEmpty();
    }

    @Test
    void whatever_step_the_power_fails_at_the_state_is_the_old_or_the_new_one() throws Exception {
        for (int steps = 0; steps <= 3; steps++) {
            Files.deleteIfExists(file());
            StateFile.open(file()).write(Map.of("x", Optional.of("old"), "y", Optional.of("old")));
            StateFile failing = StateFile.open(file(), new FailingDisk(steps));
            boolean isTold = true;
            try {
                failing.write(Map.of("x", Optional.of("new"), "y", Optional.empty()));
            } catch (IOException e) {
                isTold = false;
            }

            StateFile after = StateFile.open(file());

            boolean isNew = after.get("x").equals(Optional.of("new")) && after.get("y").isEmpty();
            boolean isOld =
                    after.get("x").equals(Optional.of("old"))
                            && after.get("y").equals(Optional.of("old"));
            assertThat(isNew ^ isOld).as("after %d steps", steps).isTrue();
            assertThat(isNew || !isTold)
                    .as("what was acknowledged is kept, after %d steps", steps)
                    .isTrue();
        }
    }

    @Test
    void a_refused_write_changes_nothing_in_memory_either() throws Exception {
        StateFile state = StateFile.open(file(), new FailingDisk(3));
        state.put("x", "old");

        assertThatThrownBy(() -> state.put("x", "new")).isInstanceOf(IOException.class);

        assertThat(state.get("x")).contains("old");
    }

    @Test
    void any_damage_is_noticed() throws Exception {
        StateFile.open(file())
                .write(Map.of("key", Optional.of("some value"), "other", Optional.of("more")));
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(7));
            Files.write(file(), damaged);

            assertThatThrownBy(() -> StateFile.open(file()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("state");
        }
        Files.write(file(), java.util.Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> StateFile.open(file())).hasMessageContaining("damaged");
    }

    @Test
    void state_of_a_newer_version_is_refused() throws Exception {
        Files.writeString(file(), "omtp-dm-agent-state 2\ncrc32=0\n");

        assertThatThrownBy(() -> StateFile.open(file())).hasMessageContaining("newer version");
    }

    @Test
    void half_a_line_left_by_a_power_cut_is_removed() throws Exception {
        Path file = folder.resolve("lines");
        LineFile lines = LineFile.open(file, 1000);
        lines.append("one");
        Files.writeString(file, "half", java.nio.file.StandardOpenOption.APPEND);

        LineFile again = LineFile.open(file, 1000);
        again.append("two");

        assertThat(LineFile.open(file, 1000).lines()).containsExactly("one", "two");
    }

    @Test
    void lines_are_bounded_and_the_newest_stay() throws Exception {
        Path file = folder.resolve("lines");
        LineFile lines = LineFile.open(file, 100);
        for (int i = 0; i < 100; i++) {
            lines.append("line " + i);
        }

        assertThat(Files.size(file)).isLessThanOrEqualTo(100);
        assertThat(LineFile.open(file, 100).lines()).isEqualTo(lines.lines()).contains("line 99");
    }

    @Test
    void a_data_folder_serves_one_agent_at_a_time() throws Exception {
        Path data = folder.resolve("data");
        try (DataFolder first = DataFolder.open(data)) {
            first.state().put("k", "v");

            assertThatThrownBy(() -> DataFolder.open(data))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("another agent");
        }
        try (DataFolder second = DataFolder.open(data)) {
            assertThat(second.state().get("k")).contains("v");
        }
        assertThat(Files.getPosixFilePermissions(data).toString())
                .doesNotContain("GROUP", "OTHERS");
    }

    @Test
    void a_data_folder_of_a_newer_version_is_refused() throws Exception {
        Path data = folder.resolve("data");
        DataFolder.open(data).close();
        Files.writeString(data.resolve("version"), "99\n");

        assertThatThrownBy(() -> DataFolder.open(data)).hasMessageContaining("99");
        assertThat(List.of("99\n")).contains(Files.readString(data.resolve("version")));
    }
}
