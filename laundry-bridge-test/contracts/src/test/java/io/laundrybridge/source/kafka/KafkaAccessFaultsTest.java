package io.laundrybridge.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.contract.SourceTape;
import io.laundrybridge.test.kafka.FaultyKafka;
import io.laundrybridge.test.kafka.SourceProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests a user without rights or no longer known: the source reports it, waits, and continues by itself. */
@Tag("kafka")
class KafkaAccessFaultsTest {
    private static final String RIGHT = "known-to-few";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static FaultyKafka kafka;
    private static int topics;

    private final String topic = "t-" + ++topics;
    private final String user = "laundry-" + topics;
    private final SourceTape tape = new SourceTape();
    private final List<SourceReader> readers = new ArrayList<>();

    @BeforeAll
    static void startsABrokerThatAsksForNamesAndRights() {
        kafka = FaultyKafka.start(
                1,
                plan -> plan.setting(
                                "listener.security.protocol.map",
                                "CLIENTS:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT")
                        .setting("sasl.enabled.mechanisms", "SCRAM-SHA-256")
                        .setting("listener.name.clients.scram-sha-256.sasl.jaas.config", SCRAM + ";")
                        .setting("connections.max.reauth.ms", "2000")
                        .setting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                        .setting("super.users", "User:ANONYMOUS"));
    }

    @AfterAll
    static void stopsIt() {
        kafka.close();
    }

    @AfterEach
    void closesItsReaders() {
        readers.forEach(SourceReader::close);
    }

    private void open(String password) {
        open(topic, password, tape);
    }

    private void open(String read, String password, SourceTape told) {
        Map<String, String> properties = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-256",
                "sasl.jaas.config",
                SCRAM + " username=\"" + user + "\" password=\"" + password + "\";");
        readers.add(KafkaSource.topic(read, SourceProperties.with(properties))
                .open(new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()), told));
    }

    private void readsATopicThatItMayRead() throws Exception {
        kafka.newTopic(topic, 1);
        enrol(RIGHT);
        kafka.admin().createAcls(rights()).all().get();
        open(RIGHT);
        write(0, 10);
        tape.awaitRecords(10).awaitCall("live");
    }

    private void write(int from, int to) {
        IntStream.range(from, to).forEach(n -> kafka.write(topic, 0, n));
    }

    private void enrol(String password) throws Exception {
        alter(new UserScramCredentialUpsertion(
                user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), password));
    }

    private static void alter(UserScramCredentialAlteration change) throws Exception {
        kafka.admin().alterUserScramCredentials(List.of(change)).all().get();
    }

    private List<AclBinding> rights() {
        return Stream.of(AclOperation.READ, AclOperation.DESCRIBE)
                .map(this::right)
                .toList();
    }

    private AclBinding right(AclOperation operation) {
        return right(topic, operation);
    }

    private AclBinding right(String granted, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, granted, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private void revoke(List<AclBinding> rights) throws Exception {
        kafka.admin()
                .deleteAcls(rights.stream().map(AclBinding::toFilter).toList())
                .all()
                .get();
    }

    private void nothingIsMissing(int written) {
        tape.awaitCall("fresh").awaitRecords(written);
        assertThat(tape.texts())
                .containsExactlyElementsOf(
                        IntStream.range(0, written).mapToObj(n -> "m-0=" + n).toList());
        assertThat(tape.gaps()).isEmpty();
        assertThat(tape.starts()).hasSize(1);
    }

    @Test
    void theRightToReadIsTakenAndGivenBack() throws Exception {
        readsATopicThatItMayRead();
        List<AclBinding> right = List.of(right(AclOperation.READ));
        revoke(right);
        tape.awaitStale("grant its user READ on the topic");
        write(10, 20);
        kafka.admin().createAcls(right).all().get();
        nothingIsMissing(20);
    }

    @Test
    void theRightToOneTopicIsTakenAndOthersAreReadOn() throws Exception {
        String other = topic + "-other";
        kafka.newTopic(other, 1);
        readsATopicThatItMayRead();
        kafka.admin()
                .createAcls(List.of(right(other, AclOperation.READ), right(other, AclOperation.DESCRIBE)))
                .all()
                .get();
        SourceTape healthy = new SourceTape();
        open(other, RIGHT, healthy);
        healthy.awaitCall("live");
        List<AclBinding> right = List.of(right(AclOperation.READ));
        revoke(right);
        tape.awaitStale("grant its user READ on the topic");
        IntStream.range(0, 10).forEach(n -> kafka.write(other, 0, n));
        healthy.awaitRecords(10);
        assertThat(healthy.calls()).noneMatch(call -> call.startsWith("stale") || call.startsWith("gap"));
        write(10, 20);
        kafka.admin().createAcls(right).all().get();
        nothingIsMissing(20);
        assertThat(healthy.starts()).hasSize(1);
    }

    @Test
    void everyRightIsTakenAndGivenBack() throws Exception {
        readsATopicThatItMayRead();
        revoke(rights());
        tape.awaitStale("grant its user READ on the topic");
        write(10, 20);
        kafka.admin().createAcls(rights()).all().get();
        nothingIsMissing(20);
    }

    @Test
    void theUserIsDeletedAndComesBack() throws Exception {
        readsATopicThatItMayRead();
        alter(new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_256));
        tape.awaitStale("Kafka refused the credentials of the bridge");
        write(10, 20);
        enrol(RIGHT);
        nothingIsMissing(20);
    }

    @Test
    void aMechanismThatKafkaDoesNotTakeIsNamed() {
        Map<String, String> properties = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"" + RIGHT
                        + "\";");
        readers.add(KafkaSource.topic(topic, SourceProperties.with(properties))
                .open(new ReadRequest("machines", Duration.ofHours(1), HostServices.standard()), tape));
        tape.awaitStale("sasl.mechanism").awaitStale("SCRAM-SHA-256");
    }

    @Test
    void thePasswordIsWrongFromTheBeginningAndIsNeverLogged() throws Exception {
        kafka.newTopic(topic, 1);
        kafka.admin().createAcls(rights()).all().get();
        enrol("something-else");
        write(0, 10);
        open(RIGHT);
        tape.awaitStale("Kafka refused the credentials of the bridge");
        assertThat(tape.calls()).noneMatch(call -> call.contains(RIGHT)).doesNotContain("opened");
        enrol(RIGHT);
        nothingIsMissing(10);
    }
}
