package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.container.TestServer;
import io.laundrybridge.test.container.WebSocketServers;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SinkSite;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that closes its connection with data unread resets it, and a reset overtakes the close frame. So the
 * connection stays open until the client has closed too (RFC 6455 section 7.1.1).
 */
class AClientThatIsSendingGetsItsCloseCodeTest {
    private static final String PING = "{\"op\":\"ping\",\"id\":1}";

    @ParameterizedTest
    @EnumSource
    void whateverItStillSendsIsRead(WebSocketServers container) {
        try (Laundry laundry = Laundry.open(channel -> channel, sink -> sink);
                TestServer server = container.start(SinkSite.of(laundry.sink()));
                RawWsClient client = RawWsClient.to(server.wsUri("/laundry"))
                        .header("Sec-WebSocket-Protocol", "laundry-bridge.v1")
                        .connect()) {
            for (int n = 0; n < 300; n++) {
                client.sendText(PING);
            }
            RawFrame close = closeOf(client);
            // A promise about time passing: nothing else can show it.
            client.sendTexts(PING, Duration.ofMillis(500));
            client.sendFrame(0x80 | RawFrame.CLOSE, close.payload());

            assertThat(close.closeCode()).isEqualTo(4429);
            assertThat(client.readByte()).as("another byte").isFalse();
        }
    }

    private static RawFrame closeOf(RawWsClient client) {
        RawFrame frame = client.readFrame();
        while (frame.opcode() != RawFrame.CLOSE) {
            frame = client.readFrame();
        }
        return frame;
    }
}
