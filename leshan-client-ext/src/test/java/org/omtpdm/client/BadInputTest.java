package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.omtpdm.client.OneDevice.NO_FORMAT;
import static org.omtpdm.client.OneDevice.OPAQUE;
import static org.omtpdm.client.OneDevice.TEXT;
import static org.omtpdm.client.OneDevice.request;

import java.util.List;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.leshan.core.request.ObserveRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.omtpdm.client.virtual.VirtualDevice;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.file.DevicePath;
import org.omtpdm.objects.process.ProcessEntry;

/**
 * The rows of OBJECTS.md C.12 for the objects the agent has, and what else a server may send
 * wrongly.
 */
class BadInputTest {

    private static OneDevice it;

    @BeforeAll
    static void start() throws Exception {
        it = OneDevice.start();
        it.device()
                .world()
                .files()
                .add(
                        new DevicePath(0, "keep.txt"),
                        java.time.Instant.EPOCH,
                        "keep".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @AfterAll
    static void stop() {
        it.close();
    }

    private static List<String> stateOf(VirtualDevice device) throws Exception {
        return List.of(
                device.world().processes().names().toString(),
                device.journal().toString(),
                it.text("/42769/0/30"),
                it.text("/42769/0/31"),
                it.text("/42769/0/32"),
                it.text("/42770/0/30"),
                it.text("/42769/0/26"),
                it.text("/1/0/1"));
    }

    private void refusedWithoutEffect(Request request, ResponseCode code) throws Exception {
        List<String> before = stateOf(it.device());
        Response response = it.send(request);
        assertThat(response.getCode())
                .as(request.getCode() + " " + request.getOptions().getUriPathString())
                .isEqualTo(code);
        assertThat(stateOf(it.device())).isEqualTo(before);
        assertThat(response.getPayloadString()).doesNotContain("Exception", "at org.");
    }

    @ParameterizedTest
    @Requirement("R-PR-03")
    @ValueSource(
            strings = {
                "",
                "0='12'",
                "1='12'",
                "0='12',0='13',1='5'",
                "0='abc',1='1'",
                "0='-1',1='1'",
                "0='99999999999',1='1'",
                "0='12',1='1',8",
                "0='12',1='1',8='x'",
                "0='12',1='1',2='2'",
                "0='12',1='1',3='61'",
                "0='12',1='1',9='4294967296'",
                "0='12',1='1',9",
                "0='12', 1='1'",
                "0='12',1='1',",
                "0=12,1=1",
                "0='1 2',1='1'",
                "0='12',1='1'x",
                "é"
            })
    void terminate_with_wrong_arguments_is_refused(String arguments) throws Exception {
        refusedWithoutEffect(
                request(Code.POST, "/42769/0/3", NO_FORMAT, arguments), ResponseCode.BAD_REQUEST);
        refusedWithoutEffect(
                request(Code.POST, "/42769/0/3", TEXT, arguments), ResponseCode.BAD_REQUEST);
    }

    @Test
    void terminating_what_is_not_there_ends_with_20() throws Exception {
        assertThat(it.execute("/42769/0/3", "0='4000000000',1='1',9='101'"))
                .isEqualTo(ResponseCode.CHANGED);

        assertThat(it.number("/42769/0/30")).isEqualTo(3);
        assertThat(it.number("/42769/0/31")).isEqualTo(20);
        assertThat(it.number("/42769/0/32")).isEqualTo(101);
    }

    @Test
    @Requirement({"R-PR-03", "R-PR-04"})
    void a_wrong_start_time_kills_nobody_and_the_client_is_protected() throws Exception {
        ProcessEntry some =
                it.processes().stream().filter(p -> p.pid() > 100).findFirst().orElseThrow();
        long start = some.startTime().getEpochSecond();

        it.execute("/42769/0/3", "0='" + some.pid() + "',1='" + (start + 1) + "',9='102'");
        assertThat(it.number("/42769/0/31")).isEqualTo(21);
        assertThat(it.device().world().processes().names()).contains(some.name());

        ProcessEntry client =
                it.processes().stream()
                        .filter(p -> p.name().equals("dmclient"))
                        .findFirst()
                        .orElseThrow();
        it.execute(
                "/42769/0/3",
                "0='" + client.pid() + "',1='" + client.startTime().getEpochSecond() + "',9='103'");
        assertThat(it.number("/42769/0/31")).isEqualTo(22);
        assertThat(it.device().world().processes().names()).contains("dmclient");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /42769/0/3, 4.05",
        "PUT, /42769/0/0, 4.05",
        "PUT, /42769/0/21, 4.05",
        "POST, /42769/0/0, 4.05",
        "POST, /42769/0, 4.00",
        "POST, /42769, 4.00",
        "GET, /42769/1, 4.04",
        "GET, /42769/0/99, 4.04",
        "GET, /42769/0/21/40, 4.04",
        "GET, /42769/0/0/0, 4.00",
        "POST, /42769/0/99, 4.04",
        "POST, /42769/1/3, 4.04",
        "GET, /9999, 4.04",
        "GET, /9999/0/1, 4.04",
        "DELETE, /42769/0, 4.05",
        "DELETE, /42769/0/3, 4.05",
        "DELETE, /42769, 4.05",
        "DELETE, /3/0, 4.05",
        "DELETE, /, 4.05",
        "PUT, /42769, 4.05",
        "GET, /, 4.05",
        "GET, /.well-known/core, 4.04",
        "POST, /bs, 4.04",
        "GET, /rd, 4.04",
        "GET, /3/abc, 4.00",
        "GET, /3/-1, 4.00",
        "GET, /3/0/0/0/0, 4.00",
        "GET, /3/65535, 4.00",
        "GET, /3/99999, 4.00",
        "GET, /03, 4.00",
        "FETCH, /3, 4.05",
        "IPATCH, /3/0, 4.05",
        "PATCH, /, 4.05"
    })
    void what_is_not_there_or_not_possible_is_refused(String method, String path, String code)
            throws Exception {
        refusedWithoutEffect(
                request(Code.valueOf(method), path, NO_FORMAT, ""), responseCode(code));
    }

    private static ResponseCode responseCode(String text) {
        return ResponseCode.valueOf(
                Integer.parseInt(text.substring(0, 1)) << 5 | Integer.parseInt(text.substring(2)));
    }

    @ParameterizedTest
    @Requirement("R-BS-03")
    @CsvSource({
        "GET, /0",
        "GET, /0/0",
        "GET, /0/0/5",
        "PUT, /0/0/0",
        "POST, /0",
        "DELETE, /0/0",
        "GET, /21",
        "GET, /21/0",
        "POST, /21"
    })
    void the_security_objects_are_nobodys_business(String method, String path) throws Exception {
        refusedWithoutEffect(
                request(Code.valueOf(method), path, TEXT, "x"), ResponseCode.UNAUTHORIZED);
    }

    @Test
    void discovering_or_observing_the_security_object_is_refused_too() throws Exception {
        assertThat(it.get("/0", 40).getCode()).isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(
                        it.server()
                                .send(it.endpoint(), new ObserveRequest("/0/0/1"))
                                .getCode()
                                .getCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "63", "1025", "5000", "-1", "abc", ""})
    void a_page_size_out_of_bounds_is_refused(String value) throws Exception {
        refusedWithoutEffect(
                request(Code.PUT, "/42769/0/26", TEXT, value), ResponseCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "/42769/0/21, 0",
        "/42769/0/0, 9999",
        "/42769/0, 0",
        "/3/0/6, 0",
        "/3/0, 42",
        "/42769/0/0, 50",
        "/3, 60",
        "/42770/0/0, 42"
    })
    void a_format_that_is_not_possible_is_not_acceptable(String path, int accept) throws Exception {
        Request read = request(Code.GET, path, NO_FORMAT, "");
        read.getOptions().setAccept(accept);
        refusedWithoutEffect(read, ResponseCode.NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @CsvSource({"PUT, /1/0/1", "POST, /1/0", "POST, /20"})
    void an_unknown_content_format_is_unsupported(String method, String path) throws Exception {
        refusedWithoutEffect(
                request(Code.valueOf(method), path, 9999, "1"),
                ResponseCode.UNSUPPORTED_CONTENT_FORMAT);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /1/0/1, 11542, xyz",
        "PUT, /1/0/1, 112, xyz",
        "PUT, /1/0/1, 110, [{]",
        "PUT, /1/0/1, 60, x",
        "PUT, /1/0/1, 0, notanumber",
        "PUT, /1/0/1, 0, 99999999999999999999",
        "POST, /1/0, 11542, \u0101",
        "POST, /20, 110, {}",
        "PUT, /2/0/2, 0, 1"
    })
    void a_payload_that_cannot_be_decoded_is_refused(
            String method, String path, int format, String payload) throws Exception {
        Response response = it.send(request(Code.valueOf(method), path, format, payload));

        assertThat(response.getCode()).isIn(ResponseCode.BAD_REQUEST, ResponseCode.NOT_FOUND);
        assertThat(it.text("/1/0/1")).isEqualTo("300");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pmin=abc",
                "pmin=-1",
                "foo=1",
                "pmin=5&pmax=1",
                "gt=x",
                "=",
                "pmin=1&pmin=2",
                "dim=3",
                "ver=1.0"
            })
    void attributes_that_make_no_sense_are_refused_and_nothing_is_written(String query)
            throws Exception {
        Request put = request(Code.PUT, "/42769/0/0", NO_FORMAT, "");
        for (String part : query.split("&")) {
            put.getOptions().addUriQuery(part);
        }
        refusedWithoutEffect(put, ResponseCode.BAD_REQUEST);
        assertThat(it.get("/42769/0/0", 40).getPayloadString()).doesNotContain("pm", "gt=", "foo");
    }

    @Test
    void a_query_with_a_payload_executes_nothing_and_writes_nothing() throws Exception {
        Request put = request(Code.PUT, "/1/0/1", TEXT, "77");
        put.getOptions().addUriQuery("foo=bar");
        refusedWithoutEffect(put, ResponseCode.BAD_REQUEST);
        Request post = request(Code.POST, "/1/0/8", NO_FORMAT, "");
        post.getOptions().addUriQuery("x");
        refusedWithoutEffect(post, ResponseCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @Requirement("R-FI-03")
    @ValueSource(
            strings = {
                "0='0:../etc'",
                "0='/etc/passwd'",
                "0='0:a//b'",
                "0='0:a%00b'",
                "0='0:./a'",
                "0='0:a/..'",
                "0='0:/etc'",
                "0='x:a'",
                "0='0:%2e%2e/etc'",
                "0='0:a/%2E%2e/%2e%2e/b'",
                "0='-1:a'",
                "0='70000:a'",
                "0='0:%ff'",
                "0='0:%'",
                "0='0:%4'",
                "0=''",
                "",
                "0='0:',2='-1'",
                "0='0:',7='17'",
                "0='0:',7='0'",
                "0='0:',8='abc'",
                "0='0:',6='99'"
            })
    void paths_and_wishes_that_cannot_be_are_refused(String arguments) throws Exception {
        refusedWithoutEffect(
                request(Code.POST, "/42770/0/20", NO_FORMAT, arguments), ResponseCode.BAD_REQUEST);
    }

    @Test
    void a_path_too_long_is_refused() throws Exception {
        refusedWithoutEffect(
                request(Code.POST, "/42770/0/20", NO_FORMAT, "0='0:" + "a".repeat(254) + "'"),
                ResponseCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({
        "/42770/0/20, 0='7:', 20",
        "/42770/0/20, 0='0:nothing', 20",
        "/42770/0/20, 0='0:keep.txt', 31",
        "/42770/0/4, 0='0:nothing', 20",
        "/42770/0/6, '0=''0:documents''', 20",
        "/42770/0/9, 0='0:nothing', 20",
        "/42770/0/9, 0='1:bin/netd', 34",
        "/42770/0/9, 0='0:', 22",
        "/42770/0/9, 0='0:app-data', 35"
    })
    void what_depends_on_the_world_is_told_as_a_result(String path, String arguments, int result)
            throws Exception {
        String target = arguments.contains("documents") ? "0='0:no-such-folder'" : arguments;
        assertThat(it.execute(path, target)).isEqualTo(ResponseCode.CHANGED);

        assertThat(it.number("/42770/0/30")).isEqualTo(3);
        assertThat(it.number("/42770/0/31")).isEqualTo(result);
    }

    @Test
    @Requirement("R-FI-05")
    void a_file_that_has_changed_is_not_deleted() throws Exception {
        it.execute("/42770/0/9", "0='0:keep.txt',2='" + "0".repeat(64) + "'");

        assertThat(it.number("/42770/0/31")).isEqualTo(21);
        assertThat(it.device().world().files().exists(new DevicePath(0, "keep.txt"))).isTrue();
        assertThat(it.execute("/42770/0/9", "0='0:keep.txt',2='12'"))
                .isEqualTo(ResponseCode.BAD_REQUEST);
    }

    @Test
    void a_file_too_large_to_be_put_is_refused_and_nothing_is_written() throws Exception {
        Response response = it.send(request(Code.PUT, "/42770/0/13", OPAQUE, "x".repeat(9000)));

        assertThat(response.getCode())
                .isIn(ResponseCode.REQUEST_ENTITY_TOO_LARGE, ResponseCode.NOT_FOUND);
    }

    @Test
    void arguments_longer_than_they_may_be_are_refused() throws Exception {
        refusedWithoutEffect(
                request(Code.POST, "/42769/0/3", NO_FORMAT, "0='1',1='" + "1".repeat(3000) + "'"),
                ResponseCode.REQUEST_ENTITY_TOO_LARGE);
    }

    @Test
    void pages_cannot_be_observed() throws Exception {
        it.processes();
        for (String path : List.of("/42769/0/21", "/42769/0/21/0")) {
            assertThat(
                            it.server()
                                    .send(it.endpoint(), new ObserveRequest(path))
                                    .getCode()
                                    .getCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void cancel_without_anything_running_says_the_state() throws Exception {
        it.execute("/42769/0/3", "0='4000000000',1='1',9='104'");
        Response response = it.send(request(Code.POST, "/42769/0/34", NO_FORMAT, ""));

        assertThat(response.getCode()).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
        assertThat(response.getPayloadString()).isEqualTo("state:3");
    }

    @Test
    void continuing_a_listing_that_is_finished_is_refused() throws Exception {
        it.processes();

        assertThat(it.execute("/42769/0/20", "4='*'")).isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
    }
}
