package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.standalone.Container;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.test.login.JwksServer;
import io.laundrybridge.test.login.SigningKey;
import io.laundrybridge.test.login.TokenIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Tests login by tokens with settings alone: a real issuer, a real Kafka, every container. */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class UsersLogInAtTheGatewayTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TokenIssuer issuer = new TokenIssuer(SigningKey.ec("key-1"));
    private final JwksServer keys = new JwksServer(issuer);

    @AfterEach
    void close() {
        keys.close();
    }

    private Gateway gateway(Container container, TestKafka kafka, String topic, String... channel) {
        List<String> options = new ArrayList<>(List.of(
                "--server=" + container,
                "--port=0",
                "--kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                "--laundry-bridge.path=/laundry",
                "--laundry-bridge.channels.machines.topic=" + topic,
                "--laundry-bridge.auth.jwt.jwks=" + keys.url(),
                "--laundry-bridge.auth.jwt.issuer=https://login.example.com",
                "--laundry-bridge.auth.jwt.audience=laundry",
                "--laundry-bridge.auth.jwt.roles-claim=realm_access.roles"));
        for (String setting : channel) {
            options.add("--laundry-bridge.channels.machines." + setting);
        }
        return Gateway.start(GatewayOptions.read(options.toArray(String[]::new), Map.of()));
    }

    private String token(String user, Map<String, ?> more) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                "https://login.example.com",
                "aud",
                "laundry",
                "sub",
                user,
                "exp",
                Instant.now().plusSeconds(600).getEpochSecond()));
        claims.putAll(more);
        return issuer.token(claims);
    }

    private static Map<String, ?> role(String role) {
        return Map.of("realm_access", Map.of("roles", List.of(role)));
    }

    private static URI endpoint(Gateway gateway) {
        return URI.create("ws://127.0.0.1:" + gateway.port() + "/laundry");
    }

    private static FullClient loggedIn(Gateway gateway, String token) {
        FullClient client = FullClient.connect(endpoint(gateway));
        client.socket().send("{\"op\":\"auth\",\"id\":9,\"token\":\"" + token + "\"}");
        return client;
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theRoleInTheTokenDecidesWhoReads(Container container, TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        try (Gateway gateway = gateway(container, kafka, topic, "access=role:staff");
                FullClient staff = loggedIn(gateway, token("ada", role("staff")));
                FullClient guest = loggedIn(gateway, token("bob", role("guest")));
                FullClient stranger = loggedIn(gateway, token("eve", Map.of("aud", "other")))) {
            assertThat(staff.await("welcome").path("auth").asString("")).isEqualTo("required");
            JsonNode authenticated = staff.await("authenticated");
            assertThat(authenticated.path("id").asInt(0)).isEqualTo(9);
            assertThat(authenticated.path("expires").asLong(0)).isGreaterThan(System.currentTimeMillis());
            staff.subscribed("machines", "");
            kafka.produce(topic, "m-1", "{\"n\":1}");
            assertThat(staff.awaitNumbers(1)).containsExactly(1);

            guest.await("authenticated");
            assertThat(guest.subscribe("machines", "")
                            .await("error")
                            .path("code")
                            .asString(""))
                    .isEqualTo("forbidden");

            assertThat(stranger.await("error").path("code").asString("")).isEqualTo("unauthenticated");
            assertThat(stranger.socket().awaitClose(SOON)).isEqualTo(4401);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void theClaimInTheTokenDecidesTheRowsAndANewTokenMovesThem(Container container, TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        kafka.produce(topic, "m-1", "{\"n\":1,\"tenant\":\"acme\"}");
        kafka.produce(topic, "m-2", "{\"n\":2,\"tenant\":\"bolt\"}");
        kafka.produce(topic, "m-3", "{\"n\":3}");
        try (Gateway gateway = gateway(container, kafka, topic, "access=authenticated", "rows=/tenant=claim:tenant");
                FullClient ada = loggedIn(gateway, token("ada", Map.of("tenant", "acme")));
                FullClient bob = loggedIn(gateway, token("bob", Map.of("tenant", List.of("bolt", 7))));
                FullClient eve = loggedIn(gateway, token("eve", Map.of()))) {
            ada.await("authenticated");
            bob.await("authenticated");
            eve.await("authenticated");
            String everything = ",\"from\":\"earliest\"";
            ada.subscribed("machines", everything);
            bob.subscribed("machines", everything);
            assertThat(eve.subscribe("machines", everything)
                            .await("error")
                            .path("code")
                            .asString(""))
                    .isEqualTo("forbidden");
            kafka.produce(topic, "m-2", "{\"n\":4,\"tenant\":\"bolt\"}");
            kafka.produce(topic, "m-1", "{\"n\":5,\"tenant\":\"acme\"}");
            assertThat(ada.awaitNumbers(2)).containsExactly(1, 5);
            assertThat(bob.awaitNumbers(2)).containsExactly(2, 4);

            ada.socket()
                    .send("{\"op\":\"auth\",\"id\":10,\"token\":\"" + token("ada", Map.of("tenant", "bolt")) + "\"}");
            assertThat(ada.await("reset").path("reason").asString("")).isEqualTo("access");
            kafka.produce(topic, "m-1", "{\"n\":6,\"tenant\":\"acme\"}");
            kafka.produce(topic, "m-2", "{\"n\":7,\"tenant\":\"bolt\"}");
            assertThat(bob.awaitNumbers(3)).containsExactly(2, 4, 7);
            Await.until(
                    "the rows of the new tenant",
                    SOON,
                    () -> ada.events().stream()
                            .anyMatch(event -> event.path("v").path("n").asInt(0) == 7));
            assertThat(ada.events())
                    .noneMatch(event -> event.path("v").path("n").asInt(0) == 6)
                    .noneMatch(event -> event.path("v").path("n").asInt(0) == 3);
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void aHandshakeMayCarryTheToken(Container container, TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        kafka.produce(topic, "m-1", "{\"n\":1}");
        try (Gateway gateway = gateway(container, kafka, topic, "access=role:staff");
                RawWsClient client = RawWsClient.to(endpoint(gateway))
                        .query("channel=machines&from=earliest")
                        .header("Authorization", "Bearer " + token("ada", role("staff")))
                        .connect()) {
            assertThat(client.readFrame().text()).isEqualTo("{\"n\":1}");
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void whileTheKeysAreAwayNobodyLogsInAndOpenSessionsGoOn(Container container, TestKafka kafka) throws Exception {
        String topic = kafka.newTopic(1);
        try (Gateway gateway = gateway(container, kafka, topic, "access=role:staff");
                FullClient staff = loggedIn(gateway, token("ada", role("staff")))) {
            staff.await("authenticated");
            staff.subscribed("machines", "");
            keys.answers(JwksServer.text(503, ""));
            issuer.rotate();
            staff.socket().send("{\"op\":\"auth\",\"id\":10,\"token\":\"" + token("ada", role("staff")) + "\"}");
            JsonNode error = staff.await("error");
            assertThat(error.path("code").asString("")).isEqualTo("unauthenticated");
            assertThat(error.path("retry").asBoolean(false)).isTrue();
            kafka.produce(topic, "m-1", "{\"n\":1}");
            assertThat(staff.awaitNumbers(1)).containsExactly(1);
        }
    }
}
