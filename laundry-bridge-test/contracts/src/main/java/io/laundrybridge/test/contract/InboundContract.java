package io.laundrybridge.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.contract.OpenedSockets.Opened;
import io.laundrybridge.test.contract.RecordingInbound.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a session receives from its client, in every container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InboundContract {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int KIB = 1024;

    /** The sockets that the transport opened. */
    protected final OpenedSockets sockets = new OpenedSockets();

    URI uri = URI.create("ws:not-started");

    /**
     * Starts a server that answers each handshake, and gives each socket it opens to {@code sockets}. Called once,
     * before the first test.
     *
     * @return its WebSocket address
     */
    protected abstract URI start(SocketAcceptor sockets) throws Exception;

    /** Stops the server; open sockets may be cut. Called once, after the last test. */
    protected abstract void stop() throws Exception;

    @BeforeAll
    final void startsTheServer() throws Exception {
        uri = start(sockets);
    }

    @BeforeEach
    final void forgetsSocketsOfOtherTests() {
        sockets.forget();
    }

    @AfterAll
    final void stopsTheServer() throws Exception {
        stop();
    }

    @Test
    void aTextOfTheClientArrivesWithItsEnd() {
        try (WsClient client = WsClient.connect(uri)) {
            Opened session = sockets.awaitOpened();
            client.send("{\"op\":\"ping\",\"id\":\"ä\"}");

            Await.until("the text", PATIENCE, session.inbound()::heardOut);
            assertThat(text(session)).isEqualTo("{\"op\":\"ping\",\"id\":\"ä\"}");
        }
    }

    @Test
    void fragmentsArriveAsPartsOfWhichOnlyTheLastEnds() {
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            Opened session = sockets.awaitOpened();
            client.sendFrame(RawFrame.TEXT, "{\"op\":".getBytes(StandardCharsets.UTF_8));
            client.sendFrame(0, "\"ping\"".getBytes(StandardCharsets.UTF_8));
            client.sendFrame(0x80, "}".getBytes(StandardCharsets.UTF_8));

            Await.until("the end", PATIENCE, session.inbound()::heardOut);
            assertThat(text(session)).isEqualTo("{\"op\":\"ping\"}");
            assertThat(session.inbound().parts()).hasSizeGreaterThan(1);
            assertThat(session.inbound().parts().stream().filter(Part::last)).hasSize(1);
        }
    }

    @Test
    void aCharacterThatFragmentsTearApartIsMadeWhole() {
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            Opened session = sockets.awaitOpened();
            byte[] basket = "🧺".getBytes(StandardCharsets.UTF_8);
            client.sendFrame(RawFrame.TEXT, Arrays.copyOf(basket, 1));
            client.sendFrame(0, Arrays.copyOfRange(basket, 1, 3));
            client.sendFrame(0x80, Arrays.copyOfRange(basket, 3, 4));

            Await.until("the end", PATIENCE, session.inbound()::heardOut);
            assertThat(text(session)).isEqualTo("🧺");
        }
    }

    @Test
    void aHugeTextIsLeftToTheSessionToRefuse() {
        try (WsClient client = WsClient.connect(uri)) {
            Opened session = sockets.awaitOpened();
            client.send("x".repeat(300 * KIB));

            Await.until("the end", PATIENCE, session.inbound()::heardOut);
            assertThat(text(session)).hasSize(300 * KIB);
            assertThat(client.closeCode()).isZero();
        }
    }

    private static String text(Opened session) {
        return session.inbound().parts().stream().map(Part::text).collect(Collectors.joining());
    }

    @Test
    void aBinaryMessageIsReported() {
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            Opened session = sockets.awaitOpened();
            client.sendFrame(0x80 | RawFrame.BINARY, new byte[] {1, 2, 3});

            Await.until("the report", PATIENCE, () -> session.inbound().binaries() > 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x83, ab, 1002", "0xc1, ab, 1002", "0x80, ab, 1002", "0x81, \u00ff, 1007"})
    void aBreachOfTheWebSocketProtocolEndsTheSession(String first, String latin, int code) {
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            Opened session = sockets.awaitOpened();
            client.sendFrame(Integer.decode(first), latin.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(client.readFrame().closeCode()).isEqualTo(code);
            Await.until("closed", PATIENCE, session.inbound()::isClosed);
        }
    }
}
