package org.omtpdm.objects.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.omtpdm.objects.arguments.BadArgumentsException;

class DevicePathTest {

    @Test
    void a_path_reads_back_as_written() throws Exception {
        for (String text :
                List.of(
                        "0:",
                        "7:a",
                        "65534:a/b/c",
                        "0:a:b",
                        "0:...",
                        "0:.hidden",
                        "0:\u20ac/\uD83D\uDE00")) {
            assertThat(DevicePath.parse(text)).hasToString(text);
        }
    }

    @Test
    void the_length_counts_bytes_of_the_whole() throws Exception {
        assertThat(DevicePath.parse("0:" + "\u20ac".repeat(84) + "x").path()).hasSize(85);
        assertThatThrownBy(() -> DevicePath.parse("0:" + "\u20ac".repeat(84) + "xx"))
                .isInstanceOf(BadArgumentsException.class)
                .hasMessageContaining("255");
        assertThatThrownBy(() -> new DevicePath(0, "\uD83D"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_path_knows_its_family() {
        DevicePath root = new DevicePath(1, "");
        DevicePath child = root.child("a").orElseThrow().child("b").orElseThrow();

        assertThat(child).hasToString("1:a/b");
        assertThat(child.name()).isEqualTo("b");
        assertThat(child.parent().flatMap(DevicePath::parent)).contains(root);
        assertThat(root.parent()).isEmpty();
        for (String wrong : List.of("", ".", "..", "a/b", "a\0", "x".repeat(255), "\uD83D")) {
            assertThat(root.child(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void the_key_order_is_a_walk_depth_first_with_sorted_names() {
        List<String> walk =
                List.of(
                        "0:",
                        "0:a",
                        "0:a/b",
                        "0:a/b/c",
                        "0:a/b!",
                        "0:a!",
                        "0:a.txt",
                        "0:a0",
                        "0:\uFFFD",
                        "0:\uD83D\uDE00",
                        "1:",
                        "1:a",
                        "10:a");
        List<DevicePath> paths = new ArrayList<>();
        for (String text : walk) {
            int colon = text.indexOf(':');
            paths.add(
                    new DevicePath(
                            Integer.parseInt(text.substring(0, colon)), text.substring(colon + 1)));
        }
        List<DevicePath> shuffled = new ArrayList<>(paths);
        Collections.shuffle(shuffled, new Random(5));
        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(paths);
    }
}
