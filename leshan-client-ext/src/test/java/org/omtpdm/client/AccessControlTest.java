package org.omtpdm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.leshan.core.ResponseCode;
import org.eclipse.leshan.core.model.ResourceModel.Type;
import org.eclipse.leshan.core.node.LwM2mObject;
import org.eclipse.leshan.core.node.LwM2mObjectInstance;
import org.eclipse.leshan.core.node.LwM2mPath;
import org.eclipse.leshan.core.node.LwM2mSingleResource;
import org.eclipse.leshan.core.request.ContentFormat;
import org.eclipse.leshan.core.request.CreateRequest;
import org.eclipse.leshan.core.request.DeleteRequest;
import org.eclipse.leshan.core.request.DiscoverRequest;
import org.eclipse.leshan.core.request.ObserveRequest;
import org.eclipse.leshan.core.request.ReadCompositeRequest;
import org.eclipse.leshan.core.request.ReadRequest;
import org.eclipse.leshan.core.request.WriteAttributesRequest;
import org.eclipse.leshan.core.request.WriteCompositeRequest;
import org.eclipse.leshan.core.request.WriteRequest;
import org.eclipse.leshan.core.response.CreateResponse;
import org.eclipse.leshan.core.util.datatype.ULong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omtpdm.client.file.FileRoot;
import org.omtpdm.objects.Requirement;
import org.omtpdm.objects.RootRight;

/** One agent, two stock servers, and what each of them may do. */
class AccessControlTest {

    private static final String NAME = "shared";

    @TempDir Path temp;
    private PlainServer owner;
    private PlainServer other;
    private AgentConfig config;
    private Agent agent;

    @BeforeEach
    void start() throws Exception {
        owner = PlainServer.start();
        other = PlainServer.start();
        Path root = Files.createDirectory(temp.resolve("root"));
        Files.writeString(root.resolve("file"), "x");
        Duration lifetime = Duration.ofSeconds(300);
        config =
                new AgentConfig(
                        DeviceSettings.of(NAME, owner.account(NAME, 11, lifetime))
                                .withServers(
                                        List.of(
                                                owner.registered(NAME, 11, lifetime),
                                                other.account(NAME, 22, lifetime))),
                        temp.resolve("data"),
                        List.of(new FileRoot("root", root, Set.of(RootRight.values()))),
                        true);
        startAgent();
    }

    private void startAgent() throws Exception {
        agent = Agent.start(config);
        await().atMost(15, TimeUnit.SECONDS).until(() -> owner.knows(NAME) && other.knows(NAME));
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        owner.close();
        other.close();
    }

    /** The instance of /2 about something. */
    private int entryAbout(int objectId, int instanceId) throws Exception {
        LwM2mObject all = (LwM2mObject) owner.send(NAME, new ReadRequest(2)).getContent();
        return all.getInstances().values().stream()
                .filter(
                        i ->
                                i.getResource(0).getValue().equals((long) objectId)
                                        && i.getResource(1).getValue().equals((long) instanceId))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private ResponseCode grant(PlainServer who, int entry, Map<Integer, Long> acl)
            throws Exception {
        return who.send(
                        NAME,
                        new WriteRequest(
                                ContentFormat.TLV, 2, entry, 2, new TreeMap<>(acl), Type.INTEGER))
                .getCode();
    }

    @Test
    @Requirement("R-GEN-03")
    void a_server_without_the_right_gets_4_01_and_nothing_happens() throws Exception {
        assertThat(other.send(NAME, new ReadRequest(3, 0, 0)).getCode())
                .isEqualTo(ResponseCode.CONTENT);

        assertThat(other.execute(NAME, "/42770/0/9", "0='1:file',9='1'"))
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.execute(NAME, "/3/0/4", null)).isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.send(NAME, new WriteRequest(42769, 0, 26, ULong.valueOf(500))).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.send(NAME, new WriteRequest(1, 0, 1, 60)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.send(NAME, new DeleteRequest(20, 1)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(
                        other.send(
                                        NAME,
                                        new CreateRequest(
                                                20,
                                                LwM2mSingleResource.newIntegerResource(4010, 3)))
                                .getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.send(NAME, new ReadRequest(0)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);

        assertThat(temp.resolve("root/file")).exists();
        assertThat(temp.resolve("data/journal")).doesNotExist();
        assertThat(owner.number(NAME, "/1/0/1")).isEqualTo(300);
    }

    @Test
    @Requirement("R-GEN-03")
    void each_server_is_the_owner_of_its_own_account() throws Exception {
        assertThat(other.send(NAME, new WriteRequest(1, 1, 1, 120)).getCode())
                .isEqualTo(ResponseCode.CHANGED);

        assertThat(other.number(NAME, "/1/1/1")).isEqualTo(120);
        await().until(() -> other.registration(NAME).getLifeTimeInSec() == 120);
        assertThat(owner.registration(NAME).getLifeTimeInSec()).isEqualTo(300);
        assertThat(owner.send(NAME, new WriteRequest(1, 1, 1, 60)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
    }

    @Test
    @Requirement("R-GEN-03")
    void the_owner_grants_and_takes_back_rights() throws Exception {
        int entry = entryAbout(42770, 0);

        assertThat(grant(other, entry, Map.of(22, 4L))).isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(grant(owner, entry, Map.of(22, 4L))).isEqualTo(ResponseCode.CHANGED);

        assertThat(other.execute(NAME, "/42770/0/4", "0='1:file'")).isEqualTo(ResponseCode.CHANGED);
        assertThat(other.send(NAME, new ReadRequest(42770, 0, 30)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.send(NAME, new ObserveRequest(42770, 0, 30)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.send(NAME, new ReadRequest(42770)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.send(NAME, new DiscoverRequest(42770, 0)).getCode())
                .isEqualTo(ResponseCode.CONTENT);
        assertThat(owner.send(NAME, new ReadRequest(42770, 0, 30)).getCode())
                .isEqualTo(ResponseCode.CONTENT);

        assertThat(grant(owner, entry, Map.of(0, 1L))).isEqualTo(ResponseCode.CHANGED);
        assertThat(other.execute(NAME, "/42770/0/4", "0='1:file'"))
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(grant(owner, entry, Map.of(22, 999L))).isEqualTo(ResponseCode.BAD_REQUEST);
    }

    @Test
    @Requirement("R-GEN-04")
    void what_a_server_creates_is_its_own_and_goes_with_its_access_control() throws Exception {
        int creation = entryAbout(20, 65535);
        assertThat(grant(owner, creation, Map.of(22, 16L)))
                .as("nobody but a bootstrap")
                .isEqualTo(ResponseCode.UNAUTHORIZED);

        CreateResponse created =
                owner.send(
                        NAME,
                        new CreateRequest(20, LwM2mSingleResource.newIntegerResource(4010, 3)));
        assertThat(created.getCode()).isEqualTo(ResponseCode.CREATED);
        int instance =
                Integer.parseInt(
                        created.getLocation()
                                .substring(created.getLocation().lastIndexOf('/') + 1));
        int entry = entryAbout(20, instance);
        assertThat(owner.number(NAME, "/2/" + entry + "/3")).isEqualTo(11);
        await().until(
                        () ->
                                owner.registration(NAME)
                                        .getAvailableInstances()
                                        .contains(new LwM2mPath(20, instance)));

        assertThat(other.send(NAME, new ReadRequest(20, instance)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        LwM2mObject visible = (LwM2mObject) other.send(NAME, new ReadRequest(20)).getContent();
        assertThat(visible.getInstances().keySet()).containsExactlyInAnyOrder(0, 1);

        assertThat(other.send(NAME, new DeleteRequest(20, instance)).getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(owner.send(NAME, new DeleteRequest(20, instance)).getCode())
                .isEqualTo(ResponseCode.DELETED);
        assertThat(owner.send(NAME, new ReadRequest(2, entry)).getCode())
                .isEqualTo(ResponseCode.NOT_FOUND);
        assertThat(owner.send(NAME, new DeleteRequest(20, 0)).getCode())
                .isEqualTo(ResponseCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void rights_and_instances_are_still_there_after_a_restart() throws Exception {
        owner.send(
                NAME,
                new CreateRequest(
                        20,
                        new LwM2mObjectInstance(
                                5, LwM2mSingleResource.newIntegerResource(4010, 3))));
        int entry = entryAbout(42770, 0);
        grant(owner, entry, Map.of(22, 4L));
        agent.close();
        await().until(() -> !owner.knows(NAME) && !other.knows(NAME));
        startAgent();

        assertThat(owner.number(NAME, "/20/5/4010")).isEqualTo(3);
        assertThat(entryAbout(20, 5)).isNotEqualTo(entry);
        assertThat(entryAbout(42770, 0)).isEqualTo(entry);
        assertThat(other.execute(NAME, "/42770/0/4", "0='1:file'")).isEqualTo(ResponseCode.CHANGED);
    }

    @Test
    void a_composite_read_gives_what_may_be_read_and_a_composite_write_all_or_nothing()
            throws Exception {
        grant(owner, entryAbout(42770, 0), Map.of(22, 4L));

        var read =
                other.send(
                        NAME,
                        new ReadCompositeRequest(
                                ContentFormat.SENML_CBOR,
                                ContentFormat.SENML_CBOR,
                                "/3/0/0",
                                "/42770/0/30"));
        assertThat(read.getCode()).isEqualTo(ResponseCode.CONTENT);
        assertThat(read.getContent("/3/0/0")).isNotNull();
        assertThat(read.getContent("/42770/0/30")).isNull();
        assertThat(
                        other.send(
                                        NAME,
                                        new ReadCompositeRequest(
                                                ContentFormat.SENML_CBOR,
                                                ContentFormat.SENML_CBOR,
                                                "/42770/0/30"))
                                .getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);

        assertThat(
                        other.send(
                                        NAME,
                                        new WriteCompositeRequest(
                                                ContentFormat.SENML_CBOR,
                                                Map.of(
                                                        "/1/1/1",
                                                        99L,
                                                        "/42769/0/26",
                                                        ULong.valueOf(500))))
                                .getCode())
                .isEqualTo(ResponseCode.UNAUTHORIZED);
        assertThat(other.number(NAME, "/1/1/1")).isEqualTo(300);
    }

    @Test
    void attributes_belong_to_the_server_that_wrote_them() throws Exception {
        assertThat(
                        owner.send(
                                        NAME,
                                        new WriteAttributesRequest(
                                                3,
                                                0,
                                                9,
                                                new org.eclipse.leshan.core.link.lwm2m.attributes
                                                        .LwM2mAttributeSet(
                                                        org.eclipse.leshan.core.link.lwm2m
                                                                .attributes.LwM2mAttributes.create(
                                                                org.eclipse.leshan.core.link.lwm2m
                                                                        .attributes.LwM2mAttributes
                                                                        .MINIMUM_PERIOD,
                                                                7L))))
                                .getCode())
                .isIn(ResponseCode.CHANGED, ResponseCode.NOT_FOUND);
        owner.send(
                NAME,
                new WriteAttributesRequest(
                        3,
                        0,
                        10,
                        new org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributeSet(
                                org.eclipse.leshan.core.link.lwm2m.attributes.LwM2mAttributes
                                        .create(
                                                org.eclipse.leshan.core.link.lwm2m.attributes
                                                        .LwM2mAttributes.MINIMUM_PERIOD,
                                                7L))));

        assertThat(
                        owner.send(NAME, new DiscoverRequest(3, 0, 10))
                                .getObjectLinks()[0]
                                .getAttributes()
                                .toString())
                .contains("pmin");
        assertThat(
                        other.send(NAME, new DiscoverRequest(3, 0, 10))
                                .getObjectLinks()[0]
                                .getAttributes()
                                .toString())
                .doesNotContain("pmin");
    }
}
