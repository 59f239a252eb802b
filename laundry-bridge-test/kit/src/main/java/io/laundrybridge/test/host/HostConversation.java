package io.laundrybridge.test.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.client.Newcomers;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.ResumingPage;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.client.WsFrame;
import io.laundrybridge.test.kafka.KafkaFixture;
import io.laundrybridge.test.kafka.TestKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Tests the promises of every host: conversations of browsers and plain clients with an application that has only
 * settings, over a real Kafka.
 */
@Tag("kafka")
@ExtendWith(KafkaFixture.class)
@TestInstance(Lifecycle.PER_CLASS)
public abstract class HostConversation {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicInteger KEYS = new AtomicInteger();

    private TestKafka kafka;
    private String topic = "";
    private String exactTopic = "";
    private HostUnderTest host;

    /**
     * Starts a host of its own, over nothing but these settings.
     *
     * @param settings {@code laundry-bridge.*} without the address of Kafka
     * @param bootstrapServers the address of Kafka, to be given the way this host wants it
     */
    protected abstract HostUnderTest start(Map<String, String> settings, String bootstrapServers) throws Exception;

    @BeforeAll
    final void startsTheHost(TestKafka shared) throws Exception {
        kafka = shared;
        topic = shared.newTopic(3);
        exactTopic = shared.newTopic(1);
        host = startHost();
    }

    @AfterAll
    final void stopsTheHost() {
        if (host != null) {
            host.close();
        }
    }

    @Test
    void aSubscriberGetsWhatHappensFromNowOn() {
        String key = newKey();
        produce(key, 0, 1);
        awaitInMemory(key, 1);
        try (FullClient browser = connect().subscribed("machines", keys(key))) {
            produce(key, 1, 3);
            JsonNode event = browser.awaitEvents(2).get(0);
            assertThat(event.path("ch").asString()).isEqualTo("machines");
            assertThat(event.path("k").asString()).isEqualTo(key);
            assertThat(event.path("at").asString()).matches("[012]@\\d+(\\.\\d+)?");
            assertThat(event.path("ts").asLong()).isPositive();
            assertThat(browser.awaitNumbers(2)).containsExactly(1, 2);
        }
    }

    @Test
    void aLateSubscriberGetsTheLastEventsFirst() {
        String key = newKey();
        produce(key, 0, 10);
        awaitInMemory(key, 10);
        try (FullClient browser = connect().subscribed("machines", keys(key) + ",\"from\":\"last:3\"")) {
            produce(key, 10, 12);
            assertThat(browser.awaitNumbers(5)).containsExactly(7, 8, 9, 10, 11);
        }
    }

    @Test
    void aPrefixSelectsTheKeysBelowIt() {
        String site = newKey();
        try (FullClient browser = connect().subscribed("machines", keys(site + "/*"))) {
            produce(newKey() + "/m-1", 0, 1);
            produce(site + "/m-1", 1, 2);
            produce(site, 2, 3);
            produce(site + "/m-2", 3, 4);
            assertThat(browser.awaitEvents(2))
                    .extracting(event -> event.path("k").asString())
                    .containsExactlyInAnyOrder(site + "/m-1", site + "/m-2");
        }
    }

    @Test
    void aResumeNeitherSkipsNorRepeats() {
        String key = newKey();
        String place;
        try (FullClient browser = connect().subscribed("machines", keys(key))) {
            produce(key, 0, 10);
            assertThat(browser.awaitNumbers(10)).isEqualTo(numbers(0, 10));
            place = browser.position();
        }
        produce(key, 10, 20);
        try (FullClient browser = connect().subscribed("machines", keys(key) + ",\"from\":\"at:" + place + "\"")) {
            assertThat(browser.await("subscribed").path("recovered").asBoolean())
                    .isTrue();
            produce(key, 20, 25);
            assertThat(browser.awaitNumbers(15)).isEqualTo(numbers(10, 25));
        }
    }

    @Test
    void aPlainClientGetsEveryValueByteForByte() {
        List<String> values = List.of(
                "{\n  \"programme\": \"Koch-/Buntwäsche 60 °C\",\r\n\t\"load\": [ 1, 2.50 ]\n}",
                "{\"n\":123456789012345678901234567890.000000000000000000001,\"e\":1E400,\"z\":-0.0}",
                "\"洗濯 🧺 \\u00e9\\/\"",
                "{\"a\":{\"b\":[[[{\"c\":null}]]]},\"a\":1}",
                "  42 ");
        try (WsClient plain = WsClient.connect(host.wsUri("/laundry?channel=exact&key=a&key=b"))) {
            awaitPlainReaders(plain);
            int before = plain.frames().size();
            values.forEach(value -> kafka.produce(exactTopic, "a", value));
            kafka.produce(exactTopic, "other", "{\"not\":\"asked for\"}");
            kafka.produce(exactTopic, "b", null);
            List<WsFrame> frames = plain.awaitFrames(before + values.size() + 1, SOON);
            List<WsFrame> fresh = frames.subList(before, frames.size());
            assertThat(fresh).noneMatch(WsFrame::binary);
            for (int i = 0; i < values.size(); i++) {
                assertThat(fresh.get(i).bytes()).isEqualTo(values.get(i).getBytes(UTF_8));
            }
            assertThat(fresh.get(values.size()).text()).isEqualTo("null");
        }
    }

    @Test
    void anUnknownChannelIsForbidden() {
        try (FullClient browser = connect().subscribe("dishes", "")) {
            assertThat(browser.await("error").path("code").asString()).isEqualTo("forbidden");
            browser.subscribed("machines", "");
        }
    }

    @Test
    void aChannelWithoutAccessRuleNamesTheKeyToSet() {
        try (FullClient browser = connect().subscribe("unruled", "")) {
            JsonNode error = browser.await("error");
            assertThat(error.path("code").asString()).isEqualTo("forbidden");
            assertThat(error.path("message").asString()).contains("laundry-bridge.channels.unruled.access=anonymous");
        }
    }

    @Test
    void aPageOfAnotherOriginIsRefusedWith403() {
        try (RawWsClient page = RawWsClient.to(host.wsUri("/laundry"))
                .header("Origin", "https://elsewhere.example")
                .connect()) {
            assertThat(page.status()).isEqualTo(403);
        }
    }

    @Test
    void aPageOfTheSameHostMayConnect() {
        try (RawWsClient page = RawWsClient.to(host.wsUri("/laundry"))
                .header("Origin", "http://127.0.0.1:" + host.port())
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                .connect()) {
            assertThat(page.status()).isEqualTo(101);
            assertThat(page.responseHeader("Sec-WebSocket-Protocol")).isEqualTo("laundry-bridge.v1");
        }
    }

    @Test
    void anUnknownSubprotocolIsClosedWith4426() {
        try (RawWsClient client = RawWsClient.to(host.wsUri("/laundry"))
                .header("Sec-WebSocket-Protocol", "laundry-bridge.v9")
                .connect()) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(client.readFrame().closeCode()).isEqualTo(4426);
        }
    }

    @Test
    void badJsonIsClosedWith4400() {
        try (FullClient browser = connect()) {
            browser.socket().send("{\"op\":");
            assertThat(browser.socket().awaitClose(SOON)).isEqualTo(4400);
        }
    }

    @Test
    void aBinaryFrameIsClosedWith1003() {
        try (RawWsClient client =
                RawWsClient.to(host.wsUri("/laundry?channel=machines")).connect()) {
            client.sendFrame(0x80 | RawFrame.BINARY, new byte[] {1});
            assertThat(client.readFrame().closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void theBrowserClientIsServedAsAModule() throws Exception {
        HttpResponse<String> client = get("/laundry-bridge/laundry-bridge.js");
        assertThat(client.statusCode()).isEqualTo(200);
        assertThat(client.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        assertThat(client.body()).contains("class LaundryBridge");
    }

    @Test
    void threeSubscriptionsGoOnThroughARestartThatRefusesNoClientAndLeavesNoThread() throws Exception {
        List<String> channels = List.of("alarms", "exact", "machines");
        long running = bridgeThreads();
        HostUnderTest ending = startHost();
        AtomicReference<URI> address = new AtomicReference<>(ending.wsUri("/laundry"));
        try (ResumingPage page = new ResumingPage(channels).connect(ending.wsUri("/laundry"));
                WsClient plain = WsClient.connect(ending.wsUri("/laundry?channel=exact"));
                Newcomers newcomers = Newcomers.to(() -> requireNonNull(address.get()), channels)) {
            produceToAll(0, 5);
            page.await(4);
            ending.close();
            page.awaitGoodbye();
            assertThat(plain.awaitClose(SOON)).isEqualTo(1012);
            produceToAll(5, 8);
            HostUnderTest again = startHost(address);
            page.connect(again.wsUri("/laundry"));
            produceToAll(8, 10);
            page.await(9);
            newcomers.awaitServed(1);
            again.close();
            page.awaitGoodbye();
            channels.forEach(
                    channel -> assertThat(page.numbers(channel)).as(channel).isEqualTo(numbers(0, 10)));
            assertThat(newcomers.complaints()).isEmpty();
        }
        Await.until("no thread is left", SOON, () -> bridgeThreads() <= running);
    }

    private HostUnderTest startHost() throws Exception {
        return startHost(new AtomicReference<>());
    }

    /** Sets {@code address} before its channels are ready. */
    private HostUnderTest startHost(AtomicReference<URI> address) throws Exception {
        HostUnderTest started = start(
                Map.of(
                        "laundry-bridge.path",
                        "/laundry",
                        "laundry-bridge.channels.machines.topic",
                        topic,
                        "laundry-bridge.channels.machines.access",
                        "anonymous",
                        "laundry-bridge.channels.exact.topic",
                        exactTopic,
                        "laundry-bridge.channels.exact.access",
                        "anonymous",
                        "laundry-bridge.channels.alarms.topic",
                        exactTopic,
                        "laundry-bridge.channels.alarms.access",
                        "anonymous",
                        "laundry-bridge.channels.unruled.topic",
                        topic),
                kafka.bootstrapServers());
        address.set(started.wsUri("/laundry"));
        Await.until(
                "the channels are ready",
                SOON,
                () -> ready(started, "machines") && ready(started, "exact") && ready(started, "alarms"));
        return started;
    }

    private static boolean ready(HostUnderTest started, String channel) {
        try (FullClient browser = FullClient.connect(started.wsUri("/laundry")).subscribe(channel, "")) {
            String answer = browser.socket().awaitLine(line -> line.contains("\"id\":1"), SOON);
            return answer.contains("\"op\":\"subscribed\"");
        }
    }

    private FullClient connect() {
        return FullClient.connect(host.wsUri("/laundry"));
    }

    /** Produces until the plain client gets an event, because it cannot see when it is subscribed. */
    private void awaitPlainReaders(WsClient plain) {
        Await.until("the plain client reads", SOON, () -> {
            kafka.produce(exactTopic, "a", "\"are you there\"");
            return !plain.frames().isEmpty();
        });
        kafka.produce(exactTopic, "a", "\"enough\"");
        plain.awaitLine("\"enough\""::equals, SOON);
    }

    private void awaitInMemory(String key, int count) {
        Await.until("the channel has read " + key, SOON, () -> {
            try (FullClient browser = connect().subscribed("machines", keys(key) + ",\"from\":\"earliest\"")) {
                browser.await("live");
                return browser.events().size() == count;
            }
        });
    }

    private void produce(String key, int first, int end) {
        for (int n = first; n < end; n++) {
            kafka.produce(topic, key, "{\"n\":" + n + "}");
        }
    }

    private void produceToAll(int first, int end) {
        produce("all", first, end);
        for (int n = first; n < end; n++) {
            kafka.produce(exactTopic, "all", "{\"n\":" + n + "}");
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(host.httpUri(path)).timeout(SOON).build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static List<Integer> numbers(int first, int end) {
        return IntStream.range(first, end).boxed().toList();
    }

    private static String newKey() {
        return "site-" + KEYS.incrementAndGet();
    }

    private static String keys(String key) {
        return ",\"keys\":[\"" + key + "\"]";
    }

    private static long bridgeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("laundry-bridge-"))
                .count();
    }
}
