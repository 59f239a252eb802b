package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.policy.Retention;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records as large as allowed, and one byte larger, beside small ones. Memory holds a few of them. The sessions are
 * live, behind, replaying, or want the small ones alone. A real container with real sockets.
 */
class TheLargestRecordsReachEverySessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Retention SMALL = Retention.of(Duration.ofMinutes(10), 1 << 20);
    private static final int LARGEST = 256 << 10;
    private static final int ROUNDS = 24;
    private static final String LAST = "\"v\":{\"n\":" + (ROUNDS - 1) + "}";

    private final List<String> wanted = new ArrayList<>();
    private final List<String> few = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void liveBehindOrReplaying(WebSocketServers container) throws Exception {
        try (Laundry laundry = Laundry.open(channel -> channel.retain(SMALL), sink -> sink.workers(1));
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                WsClient live = subscribed(server, "");
                WsClient small = subscribed(server, ",\"keys\":[\"small\"]");
                RawWsClient behind = RawWsClient.to(server.wsUri("/laundry"))
                        .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                        .connect()) {
            behind.sendText("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"}");
            readUntil(behind, "\"op\":\"live\"");
            for (int n = 0; n < ROUNDS; n++) {
                publish(laundry, n);
            }
            live.awaitLine(line -> line.endsWith(LAST + "}"), PATIENCE);
            small.awaitLine(line -> line.endsWith(LAST + "}"), PATIENCE);
            try (WsClient replaying = subscribed(server, ",\"from\":\"earliest\"")) {
                List<String> late = readUntil(behind, LAST);
                replaying.awaitLine(line -> line.endsWith(LAST + "}"), PATIENCE);
                assertThat(told(live.lines())).as("live").isEqualTo(wanted);
                assertThat(told(late)).as("behind").isEqualTo(wanted);
                assertThat(told(replaying.lines())).as("replaying").isEqualTo(wanted);
                assertThat(told(small.lines())).as("the small ones alone").isEqualTo(few);
                assertThat(List.of(live.closeCode(), small.closeCode(), replaying.closeCode()))
                        .containsOnly(0);
            }
        }
    }

    /** Publishes a largest record, one that is too large, and a small one. */
    private void publish(Laundry laundry, int n) {
        String largest = value(n, LARGEST);
        laundry.source().publish("big", largest);
        laundry.source().publish("big", value(n, LARGEST + 1));
        laundry.publish("small", "{\"n\":" + n + "}");
        wanted.addAll(List.of(largest, "too_large", "{\"n\":" + n + "}"));
        few.addAll(List.of("too_large", "{\"n\":" + n + "}"));
    }

    private static String value(int n, int bytes) {
        return "\"" + Character.toString('a' + n).repeat(bytes - 2) + "\"";
    }

    /** Returns the values and the reasons of gaps, in their order. */
    private static List<String> told(List<String> lines) {
        List<String> told = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("{\"ch\"")) {
                told.add(line.substring(line.indexOf("\"v\":") + 4, line.length() - 1));
            } else if (line.startsWith("{\"op\":\"gap\"")) {
                told.add(line.contains("\"reason\":\"too_large\"") ? "too_large" : line);
            }
        }
        return told;
    }

    private static WsClient subscribed(TestServer server, String rest) {
        WsClient client =
                WsClient.connect(server.wsUri("/laundry"), "laundry-bridge.v1").answeringBeats();
        client.send("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\"" + rest + "}");
        client.awaitLine(line -> line.contains("\"subscribed\""), PATIENCE);
        return client;
    }

    /** Reads and answers beats until a line contains {@code text}; returns all lines. */
    private static List<String> readUntil(RawWsClient client, String text) {
        List<String> lines = new ArrayList<>();
        while (lines.stream().noneMatch(line -> line.contains(text))) {
            for (String line : message(client).split("\n", -1)) {
                lines.add(line);
                if (line.startsWith("{\"op\":\"beat\"")) {
                    client.sendText(line);
                }
            }
        }
        return lines;
    }

    /** Returns the next message, of which Jetty makes several frames. */
    private static String message(RawWsClient client) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        RawFrame frame = client.readFrame();
        assertThat(frame.opcode()).as("a frame of lines").isEqualTo(RawFrame.BINARY);
        message.writeBytes(frame.payload());
        while (!frame.last()) {
            frame = client.readFrame();
            message.writeBytes(frame.payload());
        }
        return message.toString(StandardCharsets.UTF_8);
    }
}
