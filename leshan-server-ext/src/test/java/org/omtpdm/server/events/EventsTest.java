package org.omtpdm.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.server.api.ApiFixture;
import org.omtpdm.server.security.Caller;
import org.omtpdm.server.security.Role;
import org.omtpdm.server.security.accounts.NewToken;

class EventsTest {

    @TempDir Path folder;
    private ApiFixture api;
    private final List<Stream> streams = new ArrayList<>();

    @BeforeEach
    void open() {
        api =
                ApiFixture.open(
                        folder,
                        (fixture, router) ->
                                new EventRoutes(
                                                fixture.eventStore(),
                                                fixture.events(),
                                                ids -> Map.of("d1", "Kiosk"))
                                        .addTo(router));
    }

    @AfterEach
    void close() {
        streams.forEach(Stream::close);
        api.close();
    }

    /** In transactions of a hundred: durable writes cost time on a busy disk. */
    private void publish(int count) {
        for (var left = count; left > 0; left -= 100) {
            var now = Math.min(left, 100);
            api.database()
                    .write(
                            tx -> {
                                for (var i = 0; i < now; i++) {
                                    api.events()
                                            .publish(
                                                    tx,
                                                    NewEvent.ofDevice(
                                                            "device.updated", "d1", "a\nb"));
                                }
                                return null;
                            });
        }
    }

    private void publishOneByOne(int count) {
        for (var i = 0; i < count; i++) {
            publish(1);
        }
    }

    /** One client of the stream. */
    private final class Stream implements AutoCloseable {
        final List<String> types = new CopyOnWriteArrayList<>();
        final List<Long> numbers = new CopyOnWriteArrayList<>();
        final List<String> data = new CopyOnWriteArrayList<>();
        private final HttpURLConnection connection;
        volatile boolean ended;

        Stream(String token, String lastEventId) throws IOException {
            connection =
                    (HttpURLConnection)
                            URI.create("http://127.0.0.1:" + api.port() + "/api/v1/events")
                                    .toURL()
                                    .openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + token);
            if (!lastEventId.isEmpty()) {
                connection.setRequestProperty("Last-Event-ID", lastEventId);
            }
            assertThat(connection.getResponseCode()).isEqualTo(200);
            assertThat(connection.getContentType()).startsWith("text/event-stream");
            var thread = new Thread(this::read, "test-stream");
            thread.setDaemon(true);
            thread.start();
            streams.add(this);
        }

        private void read() {
            var id = 0L;
            var type = "";
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        id = Long.parseLong(line.substring(4));
                    } else if (line.startsWith("event: ")) {
                        type = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        data.add(line.substring(6));
                        types.add(type);
                        if (type.contains(".")) {
                            numbers.add(id);
                        }
                    }
                }
            } catch (IOException e) {
                // the server or the test ended it
            }
            ended = true;
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    private String token() {
        return api.accounts()
                .tokens()
                .add(
                        Caller.system(),
                        new NewToken(
                                "t" + System.nanoTime(),
                                List.of(Role.VIEWER),
                                java.util.Optional.empty()))
                .secret();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void live_events_come_in_order_with_the_name_of_the_device() throws Exception {
        publish(3);
        var stream = new Stream(token(), "");
        await().until(() -> stream.types.contains("ping"));
        publish(5);
        await().untilAsserted(() -> assertThat(stream.numbers).isEqualTo(numbers(4, 8)));
        assertThat(stream.data.get(1)).contains("\"deviceName\":\"Kiosk\"").contains("a\\nb");
    }

    @Test
    void a_client_resumes_without_gap_or_repetition_while_events_keep_coming() throws Exception {
        publish(1_200);
        var publisher = new Thread(() -> publishOneByOne(40));
        publisher.start();
        var stream = new Stream(token(), "7");
        publisher.join();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stream.numbers).hasSize(1_233));
        assertThat(stream.numbers).isEqualTo(numbers(8, 1_240));
    }

    @Test
    void who_asks_for_what_is_forgotten_is_told_to_load_again() throws Exception {
        publish(1_100);
        api.eventStore().forget(new EventRetention(Duration.ofDays(1), 1_000));
        assertThat(api.eventStore().firstNumber()).isEqualTo(101);
        var late = new Stream(token(), "50");
        await().untilAsserted(() -> assertThat(late.types).startsWith("reset", "ping"));
        var fromTheFuture = new Stream(token(), "99999");
        await().untilAsserted(() -> assertThat(fromTheFuture.types).startsWith("reset"));
        var justInTime = new Stream(token(), "100");
        await().untilAsserted(() -> assertThat(justInTime.numbers).isEqualTo(numbers(101, 1_100)));
        assertThat(justInTime.types).doesNotContain("reset");
    }

    @Test
    void numbers_go_on_after_everything_old_was_forgotten() {
        publish(3);
        api.database().write(tx -> tx.handle().execute("UPDATE events SET at = 1"));
        api.eventStore().forget(EventRetention.DEFAULT);
        publish(1);
        assertThat(api.eventStore().lastNumber()).isEqualTo(4);
    }

    @Test
    void a_wrong_number_and_a_wrong_caller_are_refused() {
        var viewer = api.as(Role.VIEWER);
        assertThat(viewer.with("Last-Event-ID", "7; DROP").get("/api/v1/events").code())
                .isEqualTo("BAD_REQUEST");
        assertThat(api.anonymous().get("/api/v1/events").code()).isEqualTo("NOT_SIGNED_IN");
    }

    @Test
    void past_events_are_paged_and_filtered() {
        publish(5);
        api.database()
                .write(tx -> api.events().publish(tx, NewEvent.of("user.changed", "someone")));
        var viewer = api.as(Role.VIEWER);
        var page = viewer.get("/api/v1/activity?device=d1&limit=3").json();
        assertThat(page.get("items")).hasSize(3);
        assertThat(page.get("items").get(0).get("number").asLong()).isEqualTo(5);
        var next =
                viewer.get(
                                "/api/v1/activity?device=d1&limit=3&cursor="
                                        + page.get("nextCursor").asText())
                        .json();
        assertThat(next.get("items")).hasSize(2);
        assertThat(viewer.get("/api/v1/activity?since=2999-01-01T00:00:00Z").json().get("items"))
                .isEmpty();
        assertThat(viewer.get("/api/v1/activity?since=yesterday").code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void an_event_of_a_failed_transaction_is_neither_stored_nor_told() {
        var told = new CopyOnWriteArrayList<Event>();
        api.events().subscribe(told::add);
        try {
            api.database()
                    .write(
                            tx -> {
                                api.events().publish(tx, NewEvent.of("user.changed", "no"));
                                throw new IllegalStateException("no");
                            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("no");
        }
        publish(1);
        api.database().settle();
        assertThat(told).extracting(Event::number).containsExactly(1L);
    }
}
