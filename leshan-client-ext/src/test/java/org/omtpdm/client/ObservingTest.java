package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttribute;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeSet;
import org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributes;
import org.eclipse.leshan.core.node.LwM2mResource;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.DiscoverRequest;
import org.eclipse.leshan.core.request.ObserveCompositeRequest;
import org.eclipse.leshan.core.request.ObserveRequest;
import org.eclipse.leshan.core.request.WriteAttributesRequest;
import org.eclipse.leshan.core.request.WriteCompositeRequest;
import org.eclipse.leshan.core.util.datatype.ULong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.objects.Requirement;

/** Observations, their attributes, and composite operations. */
class ObservingTest {

    @TempDir Path data;

    private static void write(OneDevice it, String path, LwM2mAttribute<?>... attributes)
            throws Exception {
        assertThat(
                        it.server()
                                .send(
                                        it.endpoint(),
                                        new WriteAttributesRequest(
                                                path, new LwM2mAttributeSet(attributes)))
                                .getCode())
                .isEqualTo(ResponseCode.CHANGED);
    }

    private static void setLifetime(OneDevice it, int seconds) throws Exception {
        it.send(OneDevice.request(Code.PUT, "/1/0/1", OneDevice.TEXT, Integer.toString(seconds)));
    }

    private static List<Object> values(OneDevice it) {
        List<PlainServer.News> news = new ArrayList<>();
        it.server().news().drainTo(news);
        return news.stream().map(n -> ((LwM2mResource) n.value()).getValue()).toList();
    }

    @Test
    @Requirement("R-GEN-09")
    void the_end_of_an_operation_is_told_without_asking() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            it.server().send(it.endpoint(), new ObserveRequest(42769, 0, 31));

            it.execute("/42769/0/3", "0='4000000000',1='1',9='1'");

            await().until(() -> values(it).contains(ULong.valueOf(20)));
        }
    }

    @Test
    @Requirement("R-PR-07")
    void a_watched_name_is_counted_and_told() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            it.server()
                    .send(
                            it.endpoint(),
                            new org.eclipse.leshan.core.request.WriteRequest(
                                    ContentFormat.TLV,
                                    42769,
                                    0,
                                    8,
                                    Map.of(3, "virus"),
                                    org.eclipse.leshan.core.model.ResourceModel.Type.STRING));
            it.server().send(it.endpoint(), new ObserveRequest(42769, 0, 9));

            it.device().world().processes().start("virus", 0, 1, 1, Instant.EPOCH);
            it.processes();

            PlainServer.News news = it.server().nextNews();
            assertThat(((LwM2mResource) news.value()).getValue(3)).isEqualTo(ULong.valueOf(1));
        }
    }

    @Test
    void attributes_written_later_take_effect_on_an_observation_that_is_running() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            it.server().send(it.endpoint(), new ObserveRequest(1, 0, 1));
            setLifetime(it, 301);
            assertThat(((LwM2mResource) it.server().nextNews().value()).getValue()).isEqualTo(301L);

            write(it, "/1/0/1", LwM2mAttributes.create(LwM2mAttributes.GREATER_THAN, 1000.0));
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            setLifetime(it, 302);
            setLifetime(it, 1500);

            assertThat(((LwM2mResource) it.server().nextNews().value()).getValue())
                    .isEqualTo(1500L);
        }
    }

    @Test
    void a_minimum_period_gathers_changes_and_the_newest_value_is_told() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            write(it, "/1/0/1", LwM2mAttributes.create(LwM2mAttributes.MINIMUM_PERIOD, 2L));
            it.server().send(it.endpoint(), new ObserveRequest(1, 0, 1));
            for (int seconds = 301; seconds < 306; seconds++) {
                setLifetime(it, seconds);
            }

            assertThat(((LwM2mResource) it.server().nextNews().value()).getValue()).isEqualTo(305L);
            assertThat(it.server().news().poll(1, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    void a_maximum_period_tells_also_what_has_not_changed() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            write(it, "/1/0/1", LwM2mAttributes.create(LwM2mAttributes.MAXIMUM_PERIOD, 1L));
            it.server().send(it.endpoint(), new ObserveRequest(1, 0, 1));

            assertThat(((LwM2mResource) it.server().nextNews().value()).getValue()).isEqualTo(300L);
            assertThat(((LwM2mResource) it.server().nextNews().value()).getValue()).isEqualTo(300L);
        }
    }

    @Test
    void the_servers_default_periods_stand_in_for_missing_ones() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            it.send(OneDevice.request(Code.PUT, "/1/0/3", OneDevice.TEXT, "1"));
            it.server().send(it.endpoint(), new ObserveRequest(1, 0, 1));

            assertThat(it.server().nextNews().path().toString()).isEqualTo("/1/0/1");
        }
    }

    @Test
    void attributes_survive_a_power_cut() throws Exception {
        try (OneDevice it = OneDevice.start(data)) {
            write(
                    it,
                    "/42769/0/0",
                    LwM2mAttributes.create(LwM2mAttributes.MINIMUM_PERIOD, 30L),
                    LwM2mAttributes.create(LwM2mAttributes.STEP, 2.0));
            it.losePower();
            it.startDevice();

            assertThat(
                            it.server()
                                    .send(it.endpoint(), new DiscoverRequest(42769, 0, 0))
                                    .getObjectLinks()[0]
                                    .getAttributes()
                                    .toString())
                    .contains("pmin", "30", "st");
        }
    }

    @Test
    @Requirement("R-CFG-03")
    void a_composite_write_is_done_wholly_or_not_at_all() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            for (Map<String, Object> wrong :
                    List.<Map<String, Object>>of(
                            Map.of("/1/0/1", 77L, "/42769/0/26", ULong.valueOf(5)),
                            Map.of("/1/0/1", 77L, "/3/0/15", "Nowhere/Land"),
                            Map.of("/1/0/1", 77L, "/3/0/0", "x"),
                            Map.of("/1/0/1", 77L, "/20/9/4010", 1L))) {
                assertThat(
                                it.server()
                                        .send(
                                                it.endpoint(),
                                                new WriteCompositeRequest(
                                                        ContentFormat.SENML_CBOR, wrong))
                                        .getCode()
                                        .isError())
                        .as(wrong.toString())
                        .isTrue();
                assertThat(it.number("/1/0/1")).isEqualTo(300);
            }

            assertThat(
                            it.server()
                                    .send(
                                            it.endpoint(),
                                            new WriteCompositeRequest(
                                                    ContentFormat.SENML_JSON,
                                                    Map.of(
                                                            "/1/0/1",
                                                            400L,
                                                            "/42769/0/26",
                                                            ULong.valueOf(500),
                                                            "/3/0/15",
                                                            "Europe/Berlin")))
                                    .getCode())
                    .isEqualTo(ResponseCode.CHANGED);
            assertThat(it.number("/1/0/1")).isEqualTo(400);
            assertThat(it.number("/42769/0/26")).isEqualTo(500);
            assertThat(it.text("/3/0/15")).isEqualTo("Europe/Berlin");
        }
    }

    @Test
    void several_paths_are_observed_as_one() throws Exception {
        try (OneDevice it = OneDevice.start()) {
            assertThat(
                            it.server()
                                    .send(
                                            it.endpoint(),
                                            new ObserveCompositeRequest(
                                                    ContentFormat.SENML_CBOR,
                                                    ContentFormat.SENML_CBOR,
                                                    "/1/0/1",
                                                    "/3/0/0"))
                                    .getCode())
                    .isEqualTo(ResponseCode.CONTENT);

            setLifetime(it, 333);

            List<String> told = new ArrayList<>();
            told.add(it.server().nextNews().path().toString());
            told.add(it.server().nextNews().path().toString());
            assertThat(told).containsExactlyInAnyOrder("/1/0/1", "/3/0/0");
        }
    }
}
