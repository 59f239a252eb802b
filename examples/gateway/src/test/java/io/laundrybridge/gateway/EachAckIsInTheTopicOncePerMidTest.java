package io.laundrybridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.kafka.CommittedRead;
import io.laundrybridge.test.kafka.CommittedRecord;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import io.laundrybridge.test.network.TcpProxy;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes over a line that is cut at random places, within requests and answers, and repeats what was not answered.
 * {@code -Dpublish.count=10000} publishes more.
 */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
class EachAckIsInTheTopicOncePerMidTest {
    private static final int PUBLISHES = Integer.getInteger("publish.count", 2_000);
    private static final int WINDOW = 32;
    private static final int SHORTEST_CUT = 600;
    private static final int LONGEST_CUT = 12_000;
    private static final Set<String> WORTH_A_REPEAT = Set.of("busy", "outcome_unknown", "source_unavailable");
    private static final JsonMapper JSON = new JsonMapper();

    private final Random random = new Random(Seed.announced(EachAckIsInTheTopicOncePerMidTest.class));

    private final Map<Integer, String> asked = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, Integer> codes = new TreeMap<>();
    private final Set<String> unforeseen = new LinkedHashSet<>();
    private int silences;
    private int made;
    private int lastId;

    @Test
    void eachAckIsInTheTopicOncePerMid(TestKafka kafka) {
        String topic = kafka.newTopic(4);
        try (Gateway gateway = Gateway.start(GatewayOptions.read(options(kafka, topic), Map.of()));
                TcpProxy line = TcpProxy.to(gateway.port())) {
            URI endpoint = URI.create("ws://127.0.0.1:" + line.port() + "/laundry");
            while (!isDone()) {
                line.toServer().cutAfter(SHORTEST_CUT + random.nextInt(LONGEST_CUT));
                line.toClient().cutAfter(SHORTEST_CUT + random.nextInt(LONGEST_CUT));
                publishUntilTheCut(endpoint);
            }
            System.out.println(
                    PUBLISHES + " publishes over " + line.joined() + " connections; repeated after " + codes);
            assertThat(line.joined()).isGreaterThan(PUBLISHES / 200);
        }
        assertThat(unforeseen).isEmpty();
        assertThat(silences).as("connections on which a publish got no answer").isZero();
        compare(CommittedRead.of(kafka.bootstrapServers(), topic));
    }

    private static String[] options(TestKafka kafka, String topic) {
        return new String[] {
            "--kafka.bootstrap.servers=" + kafka.bootstrapServers(),
            "--laundry-bridge.path=/laundry",
            "--laundry-bridge.channels.commands.publish-to=" + topic,
            "--laundry-bridge.channels.commands.publish-access=anonymous",
            "--laundry-bridge.limits.publish-per-session=1000000",
            "--laundry-bridge.limits.publish-per-user=1000000",
            "--laundry-bridge.limits.requests=1000000",
            "--port=0"
        };
    }

    private void publishUntilTheCut(URI endpoint) {
        asked.clear();
        try (RawWsClient client = RawWsClient.to(endpoint)
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                .connect()) {
            for (String mid : open) {
                publish(client, mid);
            }
            while (!isDone()) {
                publishMore(client);
                RawFrame frame = client.readFrame();
                if (frame.opcode() == RawFrame.CLOSE) {
                    return;
                }
                frame.text().lines().forEach(line -> hear(client, line));
            }
        } catch (UncheckedIOException e) {
            silences += e.getCause() instanceof SocketTimeoutException ? 1 : 0;
        }
    }

    private void publishMore(RawWsClient client) {
        while (made < PUBLISHES && open.size() < WINDOW) {
            String mid = "m-" + made++;
            open.add(mid);
            publish(client, mid);
        }
    }

    private void publish(RawWsClient client, String mid) {
        asked.put(++lastId, mid);
        client.sendText("{\"op\":\"publish\",\"id\":" + lastId + ",\"mid\":\"" + mid
                + "\",\"ch\":\"commands\",\"k\":\"k-" + mid.hashCode() % 50 + "\",\"v\":{\"mid\":\"" + mid + "\"}}");
    }

    private void hear(RawWsClient client, String line) {
        JsonNode said = JSON.readTree(line);
        String op = said.path("op").asString("");
        String mid = asked.get(said.path("id").asInt(-1));
        if (op.equals("ack") && mid != null) {
            String at = said.path("at").asString();
            String before = places.put(mid, at);
            if (before != null && !before.equals(at)) {
                unforeseen.add(mid + " is at " + before + " and at " + at);
            }
            open.remove(mid);
        } else if (op.equals("error")) {
            String code = said.path("code").asString();
            codes.merge(code, 1, Integer::sum);
            if (mid != null && WORTH_A_REPEAT.contains(code)) {
                publish(client, mid);
            } else {
                unforeseen.add(line);
            }
        }
    }

    private boolean isDone() {
        return places.size() == PUBLISHES || !unforeseen.isEmpty();
    }

    private void compare(List<CommittedRecord> stored) {
        Map<String, Long> times = stored.stream()
                .collect(Collectors.groupingBy(EachAckIsInTheTopicOncePerMidTest::mid, Collectors.counting()));
        assertThat(times)
                .hasSize(PUBLISHES)
                .allSatisfy((mid, count) -> assertThat(count).as(mid).isOne());
        Map<String, String> midAt = stored.stream()
                .collect(Collectors.toMap(
                        each -> each.partition() + "@" + each.offset(), EachAckIsInTheTopicOncePerMidTest::mid));
        places.forEach((mid, at) -> assertThat(midAt.get(at)).isEqualTo(mid));
    }

    private static String mid(CommittedRecord record) {
        return JSON.readTree(Objects.requireNonNull(record.value())).path("mid").asString();
    }
}
