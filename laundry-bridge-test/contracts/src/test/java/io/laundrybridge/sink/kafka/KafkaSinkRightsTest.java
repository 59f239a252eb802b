package io.laundrybridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.RecordPlace;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.FaultyKafka;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A user without the right to write, or with a wrong password, stores nothing, and the operator is told why. */
@Tag("kafka")
class KafkaSinkRightsTest {
    private static final String PASSWORD = "known-to-few";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static FaultyKafka kafka;
    private static int topics;

    private final String topic = "commands-" + ++topics;
    private final String user = "laundry-" + topics;
    private @Nullable Publishes opened;

    @BeforeAll
    static void startsABrokerThatAsksForNamesAndRights() {
        kafka = FaultyKafka.start(
                1,
                plan -> plan.setting(
                                "listener.security.protocol.map",
                                "CLIENTS:SASL_PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT")
                        .setting("sasl.enabled.mechanisms", "SCRAM-SHA-256")
                        .setting("listener.name.clients.scram-sha-256.sasl.jaas.config", SCRAM + ";")
                        .setting("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                        .setting("super.users", "User:ANONYMOUS"));
    }

    @AfterAll
    static void stopsIt() {
        kafka.close();
    }

    @AfterEach
    void closes() {
        if (opened != null) {
            opened.close();
        }
    }

    private void open() throws Exception {
        kafka.newTopic(topic, 1);
        opened = Publishes.to(
                topic,
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "SCRAM-SHA-256",
                        "sasl.jaas.config",
                        SCRAM + " username=\"" + user + "\" password=\"" + PASSWORD + "\";"));
    }

    private Publishes publishes() {
        return Objects.requireNonNull(opened);
    }

    private void enrol(String password) throws Exception {
        kafka.admin()
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), password)))
                .all()
                .get();
    }

    private void grant(AclOperation... operations) throws Exception {
        List<AclBinding> rights = Stream.of(operations)
                .map(operation -> new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)))
                .toList();
        kafka.admin().createAcls(rights).all().get();
    }

    private void storesNothingAndSays(String words) {
        publishes().awaitTrouble(words);
        CompletableFuture<RecordPlace> outcome = publishes().send("k", "refused");
        PublishException failure = Publishes.failure(outcome);
        assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
        assertThat(failure.getMessage())
                .doesNotContain(topic)
                .doesNotContain(user)
                .doesNotContain("127.0.0.1");
        assertThat(publishes().connection().trouble()).doesNotContain(PASSWORD).doesNotContain("127.0.0.1");
    }

    private void goesOn() {
        publishes().store("k", "granted");
        assertThat(publishes().connection().trouble()).isEmpty();
        assertThat(CommittedRead.of(kafka.internalServers(), topic))
                .noneMatch(record -> "refused".equals(record.value()));
    }

    @Test
    void withoutAnyRightTheOperatorIsToldWhichToGrant() throws Exception {
        enrol(PASSWORD);
        open();
        storesNothingAndSays("grant its user WRITE and DESCRIBE on the topic '" + topic + "'");
        grant(AclOperation.WRITE, AclOperation.DESCRIBE);
        goesOn();
    }

    @Test
    void theRightToReadAloneIsNotEnough() throws Exception {
        enrol(PASSWORD);
        grant(AclOperation.READ, AclOperation.DESCRIBE);
        open();
        storesNothingAndSays("grant its user WRITE and DESCRIBE on the topic '" + topic + "'");
        grant(AclOperation.WRITE);
        goesOn();
    }

    @Test
    void aWrongPasswordIsNamedAndItsCorrectionIsEnough() throws Exception {
        enrol("another");
        grant(AclOperation.WRITE, AclOperation.DESCRIBE);
        open();
        storesNothingAndSays("Kafka refused the credentials");
        enrol(PASSWORD);
        goesOn();
    }
}
