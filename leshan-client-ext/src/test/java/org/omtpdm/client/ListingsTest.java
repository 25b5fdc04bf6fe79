package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.leshan.core.node.LwM2mResourceInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.objects.NextPage;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.RootRight;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.file.FileEntry;
import org.omtpdm.objects.file.FileRecords;
import org.omtpdm.objects.listing.ListPage;
import org.omtpdm.objects.process.ProcessEntry;
import org.omtpdm.objects.process.ProcessRecords;

/** Listings: bounded, paged, complete. */
class ListingsTest {

    @TempDir Path temp;

    @Test
    @Requirement({"R-PR-01", "R-PR-02"})
    void three_hundred_real_processes_are_listed_in_at_most_12_exchanges() throws Exception {
        List<Process> children = new ArrayList<>();
        try (PlainServer server = PlainServer.start()) {
            for (int i = 0; i < 300; i++) {
                children.add(new ProcessBuilder("sleep", "1000").start());
            }
            try (Agent agent =
                    Agent.start(
                            new AgentConfig(
                                    DeviceSettings.of("many", server.account("many")),
                                    temp,
                                    List.of(),
                                    true))) {
                agent.registered().get(10, TimeUnit.SECONDS);
                Set<Long> listed = new HashSet<>();
                int exchanges = 0;
                int bytes = 0;
                String arguments = "1='sleep'";
                ListPage<ProcessEntry> page;
                do {
                    assertThat(server.execute("many", "/42769/0/20", arguments))
                            .isEqualTo(org.eclipse.leshan.core.ResponseCode.CHANGED);
                    exchanges++;
                    int number = 0;
                    do {
                        byte[] content = server.page("many", 42769, number++);
                        exchanges++;
                        bytes += content.length;
                        page = ProcessRecords.decode(content);
                        page.records().forEach(process -> listed.add(process.pid()));
                    } while (page.next() == NextPage.IN_WINDOW);
                    arguments = "1='sleep',4='*'";
                } while (page.next() == NextPage.NEXT_WINDOW);

                assertThat(listed).containsAll(children.stream().map(Process::pid).toList());
                assertThat(exchanges).isLessThanOrEqualTo(12);
                assertThat(bytes).isLessThan(12 * 1024);
            }
        } finally {
            children.forEach(Process::destroyForcibly);
        }
    }

    @Test
    @Requirement({"R-FI-01", "R-FI-04"})
    void five_thousand_files_are_listed_with_a_window_of_at_most_8_kilobytes() throws Exception {
        Path root = Files.createDirectory(temp.resolve("root"));
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            Path folder = root.resolve("folder-" + i / 1000);
            Files.createDirectories(folder);
            Files.createFile(folder.resolve("file-with-some-name-" + i + ".dat"));
            expected.add("0:folder-" + i / 1000);
            expected.add("0:folder-" + i / 1000 + "/file-with-some-name-" + i + ".dat");
        }
        FileRoot shown = new FileRoot("all", root, Set.of(RootRight.LIST));
        try (PlainServer server = PlainServer.start();
                Agent agent =
                        Agent.start(
                                new AgentConfig(
                                        DeviceSettings.of("files", server.account("files")),
                                        temp.resolve("data"),
                                        List.of(shown),
                                        false))) {
            agent.registered().get(10, TimeUnit.SECONDS);
            List<String> listed = new ArrayList<>();
            int exchanges = 0;
            String arguments = "0='0:',7='16'";
            ListPage<FileEntry> page;
            do {
                server.execute("files", "/42770/0/20", arguments);
                exchanges++;
                assertThat(server.number("files", "/42770/0/23")).isEqualTo(5005);
                int number = 0;
                int windowBytes = 0;
                do {
                    byte[] content = server.page("files", 42770, number++);
                    exchanges++;
                    windowBytes += content.length;
                    page = FileRecords.decode(content);
                    page.records().forEach(file -> listed.add(file.path().toString()));
                } while (page.next() == NextPage.IN_WINDOW);
                assertThat(windowBytes).isLessThanOrEqualTo(8192);
                arguments = "0='0:',7='16',4='*'";
            } while (page.next() == NextPage.NEXT_WINDOW);

            assertThat(listed)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(listed.stream().map(ListingsTest::path).toList()).isSorted();
            assertThat(exchanges).isLessThan(160);
        }
    }

    private static DevicePath path(String text) {
        return new DevicePath(0, text.substring(2));
    }

    private static List<String> files(OneDevice it, String arguments) throws Exception {
        it.execute("/42770/0/20", arguments);
        List<String> names = new ArrayList<>();
        for (int page = 0; page < it.number("/42770/0/22"); page++) {
            FileRecords.decode(it.get("/42770/0/21/" + page, OneDevice.OPAQUE).getPayload())
                    .records()
                    .forEach(file -> names.add(file.path().path()));
        }
        return names;
    }

    @Test
    @Requirement("R-FI-01")
    void files_are_found_by_name_size_time_and_content() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            var files = it.device().world().files();
            Instant old = Instant.parse("2020-01-01T00:00:00Z");
            Instant recent = Instant.parse("2026-01-01T00:00:00Z");
            files.add(
                    new DevicePath(0, "zoo/a.txt"),
                    old,
                    "virus".getBytes(StandardCharsets.US_ASCII));
            files.add(new DevicePath(0, "zoo/sub/b.bin"), recent, new byte[5000]);
            files.add(
                    new DevicePath(0, "zoo/.hidden/c.txt"),
                    recent,
                    "virus".getBytes(StandardCharsets.US_ASCII));
            files.add(new DevicePath(0, "zoo/d.txt"), recent, new byte[10]);
            String virus = "6d79a1d9c3ec0a21d1f23e4a03ee6a6d1b7ba4e7ea3e6b0e5c3b7a0a9c7a2c11";

            assertThat(files(it, "0='0:zoo'")).containsExactly("zoo/a.txt", "zoo/d.txt", "zoo/sub");
            assertThat(files(it, "0='0:zoo',7='9'"))
                    .containsExactly("zoo/a.txt", "zoo/d.txt", "zoo/sub", "zoo/sub/b.bin");
            assertThat(files(it, "0='0:zoo',7='9',6='2'"))
                    .contains("zoo/.hidden", "zoo/.hidden/c.txt");
            assertThat(files(it, "0='0:zoo',7='9',6='4'")).containsExactly("zoo/sub");
            assertThat(files(it, "0='0:zoo',7='9',1='*.txt'"))
                    .containsExactly("zoo/a.txt", "zoo/d.txt");
            assertThat(files(it, "0='0:zoo',7='9',2='4000'")).containsExactly("zoo/sub/b.bin");
            assertThat(files(it, "0='0:zoo',7='9',3='1700000000',1='*.*'"))
                    .containsExactly("zoo/d.txt", "zoo/sub/b.bin");
            assertThat(files(it, "0='0:zoo',4='0:zoo/a.txt'"))
                    .containsExactly("zoo/d.txt", "zoo/sub");
            assertThat(files(it, "0='0:zoo',5='1'")).containsExactly("zoo/a.txt");
            assertThat(files(it, "0='0:zoo',7='9',8='" + virus + "'")).isEmpty();
            String real = sha256("virus");
            assertThat(files(it, "0='0:zoo',7='9',6='2',8='" + real.substring(0, 20) + "'"))
                    .containsExactly("zoo/.hidden/c.txt", "zoo/a.txt");
            assertThat(it.number("/42770/0/23")).isEqualTo(2);
            assertThat(files(it, "0='*',7='16',8='" + real + "'")).containsExactly("zoo/a.txt");

            it.execute("/42770/0/20", "0='0:zoo',7='9',6='16'");
            assertThat(it.number("/42770/0/23")).isEqualTo(4);
            assertThat(it.number("/42770/0/22")).isZero();
        }
    }

    private static String sha256(String text) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(
                        java.security.MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    @Requirement("R-PR-08")
    void processes_are_found_by_name_processing_time_and_memory_and_sorted() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            var processes = it.device().world().processes();
            processes.start("hog", 1, 900, 1000, Instant.EPOCH.plusSeconds(1));
            processes.start("fat", 1, 1, 9_000_000, Instant.EPOCH.plusSeconds(1));

            it.execute("/42769/0/20", "2='500'");
            assertThat(names(it)).containsExactly("hog");
            it.execute("/42769/0/20", "3='5000000'");
            assertThat(names(it)).containsExactly("fat");
            it.execute("/42769/0/20", "1='h*g'");
            assertThat(names(it)).containsExactly("hog");
            it.execute("/42769/0/20", "7='1'");
            assertThat(names(it)).startsWith("hog");
            it.execute("/42769/0/20", "7='2'");
            assertThat(names(it)).startsWith("fat");
            it.execute("/42769/0/20", "1='hog',8='" + sha256("hog") + "',6='1'");
            assertThat(names(it)).containsExactly("hog");
        }
    }

    private static List<String> names(OneDevice it) throws Exception {
        return ProcessRecords.decode(it.get("/42769/0/21/0", OneDevice.OPAQUE).getPayload())
                .records()
                .stream()
                .map(ProcessEntry::name)
                .toList();
    }

    @Test
    void an_empty_listing_is_one_page_without_records() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            it.execute("/42769/0/20", "1='nothing-is-called-so'");

            assertThat(it.number("/42769/0/22")).isEqualTo(1);
            assertThat(it.text("/42769/0/24")).isEmpty();
            assertThat(names(it)).isEmpty();
        }
    }

    @Test
    void the_window_has_the_size_the_server_wrote_also_after_a_restart() throws Exception {
        try (OneDevice it = OneDevice.start(temp)) {
            it.send(OneDevice.request(Code.PUT, "/42769/0/26", OneDevice.TEXT, "100"));
            it.send(OneDevice.request(Code.PUT, "/42769/0/29", OneDevice.TEXT, "2"));
            it.losePower();
            it.startDevice();

            it.execute("/42769/0/20", "");

            assertThat(it.number("/42769/0/22")).isEqualTo(2);
            assertThat(it.get("/42769/0/21/0", OneDevice.OPAQUE).getPayloadSize())
                    .isLessThanOrEqualTo(100);
            assertThat(it.text("/42769/0/24")).isNotEmpty();
        }
    }

    @Test
    @Requirement("R-FI-09")
    void the_change_counter_grows_when_a_listing_could_give_another_answer_and_only_then()
            throws Exception {
        try (OneDevice it = OneDevice.start()) {
            long processes = it.number("/42769/0/28");
            long files = it.number("/42770/0/28");
            assertThat(it.number("/42769/0/28")).isEqualTo(processes);
            assertThat(it.number("/42770/0/28")).isEqualTo(files);

            it.device().world().processes().start("new", 0, 1, 1, Instant.EPOCH);
            it.device().world().files().add(new DevicePath(0, "new"), Instant.EPOCH, new byte[1]);

            assertThat(it.number("/42769/0/28")).isGreaterThan(processes);
            assertThat(it.number("/42770/0/28")).isGreaterThan(files);
        }
    }

    @Test
    @Requirement("R-GEN-09")
    void pages_are_sent_by_the_device_itself_when_that_is_wanted() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            it.send(OneDevice.request(Code.PUT, "/42769/0/26", OneDevice.TEXT, "100"));
            it.send(OneDevice.request(Code.PUT, "/42769/0/29", OneDevice.TEXT, "1"));
            int count = it.device().world().processes().names().size();

            assertThat(it.execute("/42769/0/20", "6='8',9='5'")).isEqualTo(ResponseCode.CHANGED);

            List<String> names = new ArrayList<>();
            NextPage next;
            do {
                PlainServer.News sent = it.server().sends().poll(10, TimeUnit.SECONDS);
                assertThat(sent.path().toString()).startsWith("/42769/0/21/");
                ListPage<ProcessEntry> page =
                        ProcessRecords.decode(
                                (byte[]) ((LwM2mResourceInstance) sent.value()).getValue());
                page.records().forEach(process -> names.add(process.name()));
                next = page.next();
            } while (next != NextPage.END);
            assertThat(names).hasSize(count);
            await().until(() -> it.number("/42769/0/30") == 2);

            it.send(OneDevice.request(Code.PUT, "/1/0/23", OneDevice.TEXT, "1"));
            assertThat(it.execute("/42769/0/20", "6='8'"))
                    .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
        }
    }

    @Test
    void a_constrained_device_lists_the_same_in_small_pages() throws Exception {
        try (OneDevice it = OneDevice.constrained()) {
            Set<String> names = new HashSet<>();
            String arguments = "";
            ListPage<ProcessEntry> page;
            do {
                assertThat(it.execute("/42769/0/20", arguments)).isEqualTo(ResponseCode.CHANGED);
                byte[] content = it.get("/42769/0/21/0", OneDevice.OPAQUE).getPayload();
                assertThat(content.length).isLessThanOrEqualTo(200);
                page = ProcessRecords.decode(content);
                page.records().forEach(process -> names.add(process.name()));
                arguments = "4='*'";
            } while (page.next() == NextPage.NEXT_WINDOW);

            assertThat(names).containsAll(it.device().world().processes().names());
            assertThat(it.server().registration(it.endpoint()).getLwM2mVersion().toString())
                    .isEqualTo("1.0");
            assertThat(it.execute("/42769/0/20", "6='8'"))
                    .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
            assertThat(it.send(OneDevice.request(Code.FETCH, "/", 110, "[]")).getCode())
                    .isEqualTo(ResponseCode.UNSUPPORTED_CONTENT_FORMAT);
            assertThat(Optional.of(it.get("/3/0", 110).getCode()))
                    .contains(ResponseCode.NOT_ACCEPTABLE);
        }
    }
}
