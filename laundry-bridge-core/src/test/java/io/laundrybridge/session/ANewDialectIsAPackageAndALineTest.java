package io.laundrybridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.dialect.cloudevents.CloudEventsDialect;
import io.laundrybridge.test.client.FullClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.client.WsFrame;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dialect that the library does not have, on a real container beside those that it has. */
public class ANewDialectIsAPackageAndALineTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Laundry laundry = Laundry.open(channel -> channel, ANewDialectIsAPackageAndALineTest::registered);
    private final TestServer server = WebSocketServers.TYRUS.start(SinkSite.of(laundry.sink()));

    private static WebSocketSinkBuilder registered(WebSocketSinkBuilder sink) {
        sink.dialects.add(new CloudEventsDialect()); // the line
        return sink;
    }

    @AfterEach
    void stops() {
        server.close();
        laundry.close();
    }

    @Test
    void itSpeaksToTheClientsThatAskForIt() {
        laundry.publish(0, 2);
        try (WsClient client = connect("cloudevents.json")) {
            assertThat(client.subprotocol()).isEqualTo("cloudevents.json");
            assertThat(client.awaitFrames(2, SOON))
                    .extracting(WsFrame::text)
                    .containsExactly(
                            "{\"specversion\":\"1.0\",\"type\":\"record\",\"source\":\"machines\",\"data\":{\"n\":0}}",
                            "{\"specversion\":\"1.0\",\"type\":\"record\",\"source\":\"machines\",\"data\":{\"n\":1}}");
        }
    }

    @Test
    void theOthersSpeakAsBefore() {
        laundry.publish(0, 1);
        try (WsClient full = connect(FullClient.SUBPROTOCOL);
                WsClient plain = connect()) {
            assertThat(full.subprotocol()).isEqualTo(FullClient.SUBPROTOCOL);
            assertThat(full.awaitFrames(1, SOON).get(0).text()).startsWith("{\"op\":\"welcome\"");
            assertThat(plain.awaitFrames(1, SOON).get(0).text()).isEqualTo("{\"n\":0}");
        }
    }

    @Test
    void aClientGetsTheFirstThatIsKnownOfThoseItAsksFor() {
        try (WsClient client = connect("unknown.v1", "cloudevents.json", FullClient.SUBPROTOCOL)) {
            assertThat(client.subprotocol()).isEqualTo("cloudevents.json");
        }
    }

    @Test
    void aClientWithoutAKnownSubprotocolGetsAllOfThem() {
        try (WsClient client = connect("unknown.v1")) {
            assertThat(client.awaitClose(SOON)).isEqualTo(4426);
            assertThat(client.closeReason())
                    .isEqualTo("unknown subprotocol; expected laundry-bridge.v1 or none or cloudevents.json");
        }
    }

    private WsClient connect(String... subprotocols) {
        return WsClient.connect(server.wsUri("/laundry?channel=machines&from=last:10"), subprotocols);
    }
}
