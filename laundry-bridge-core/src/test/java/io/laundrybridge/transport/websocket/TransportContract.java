package io.laundrybridge.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.Frame;
import io.laundrybridge.session.Transport;
import io.laundrybridge.session.TransportChoice;
import io.laundrybridge.testing.Await;
import io.laundrybridge.testing.RawFrame;
import io.laundrybridge.testing.RawWsClient;
import io.laundrybridge.testing.WebSocketServers;
import io.laundrybridge.testing.WsClient;
import io.laundrybridge.transport.websocket.RecordingAcceptor.Opened;
import io.laundrybridge.transport.websocket.RecordingInbound.Part;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session may rely on once its socket is open, in every container, whichever way frames go out. */
abstract class TransportContract extends ContainerContract {
    private static final int KIB = 1024;

    private final Class<? extends FrameWriter> way;

    TransportContract(WebSocketServers container, TransportChoice transport, Class<? extends FrameWriter> way) {
        super(container, transport);
        this.way = way;
    }

    @Test
    void framesTakeTheWayThatIsMeantForTheContainer() {
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            Transport opened = acceptor.awaitOpened().transport();

            assertThat(((JakartaTransport) opened).writer()).isInstanceOf(way);
            assertThat(client.status()).isEqualTo(101);
        }
    }

    static Stream<ByteBuffer> lines() {
        byte[] segment = new byte[200 * KIB];
        for (int i = 0; i < segment.length; i++) {
            segment[i] = (byte) ('a' + i % 26);
        }
        return Stream.of(
                ByteBuffer.wrap("{\"op\":\"beat\",\"n\":1}\n{\"k\":\"grün\"}".getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap(segment, 77, 64 * KIB).slice(),
                ByteBuffer.wrap(segment, 1000, 200),
                ByteBuffer.wrap(segment, 1000, 200).asReadOnlyBuffer(),
                ByteBuffer.allocateDirect(300).put(segment, 0, 300).flip());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void linesArriveAsOneFrameByteForByte(ByteBuffer lines) {
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            byte[] expected = new byte[lines.remaining()];
            lines.duplicate().get(expected);

            Completions completions = new Completions();
            acceptor.awaitOpened().transport().send(Frame.lines(lines), completions);

            RawFrame frame = client.readFrame();
            assertThat(frame.last()).as("one frame").isTrue();
            assertThat(frame.payload()).isEqualTo(expected);
            completions.awaitSuccess();
            assertThat(completions.count()).isEqualTo(1);
        }
    }

    @Test
    void textArrivesAsText() {
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            String text = "{\"temperature\": 61.5, \"site\": \"Südstraße 🧺\"}".repeat(1000);
            Completions completions = new Completions();
            acceptor.awaitOpened().transport().send(text(text), completions);

            assertThat(textMessage(client)).isEqualTo(text);
            completions.awaitSuccess();
        }
    }

    private static Frame text(String text) {
        return Frame.text(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String textMessage(RawWsClient client) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        RawFrame frame = client.readFrame();
        assertThat(frame.opcode()).isEqualTo(RawFrame.TEXT);
        message.writeBytes(frame.payload());
        while (!frame.last()) {
            frame = client.readFrame();
            message.writeBytes(frame.payload());
        }
        return message.toString(StandardCharsets.UTF_8);
    }

    @Test
    void sendsFollowEachOtherFromTheirCompletionsWithoutDeepeningTheStack() throws Exception {
        int times = 20_000;
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            Resending sends = new Resending(acceptor.awaitOpened().transport(), ByteBuffer.wrap(new byte[20]), times);
            CountDownLatch done = sends.start();
            for (int i = 0; i < times; i++) {
                assertThat(client.readFrame().payload()).hasSize(20);
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(sends.failure()).isNull();
        }
    }

    @Test
    void pongsOfTheContainerComeBetweenFramesAndNeverInside() throws Exception {
        int times = 300;
        byte[] payload = new byte[40 * KIB];
        Arrays.fill(payload, (byte) 'x');
        try (RawWsClient client = RawWsClient.to(uri()).receiveBuffer(4 * KIB).connect()) {
            Resending sends = new Resending(acceptor.awaitOpened().transport(), ByteBuffer.wrap(payload), times);
            CountDownLatch done = sends.start();
            for (int i = 0; i < 50; i++) {
                client.sendFrame(0x80 | RawFrame.PING, new byte[] {(byte) i});
            }
            int pongs = 0;
            int whole = 0;
            while (pongs < 50 || whole < times) {
                RawFrame frame = client.readFrame();
                if (frame.opcode() == RawFrame.PONG) {
                    assertThat(frame.payload()).containsExactly(pongs++);
                } else {
                    assertThat(frame.payload()).isEqualTo(payload);
                    whole++;
                }
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(sends.failure()).isNull();
        }
    }

    @Test
    void aSendAfterTheCloseFailsOnceByCompletionOrByException() {
        try (WsClient client = WsClient.connect(uri())) {
            Opened session = acceptor.awaitOpened();
            session.transport().close(1001, "bye");
            client.awaitClose(PATIENCE);
            Await.until("closed", PATIENCE, session.inbound()::isClosed);

            assertThat(failuresOfASend(session.transport())).isEqualTo(1);
        }
    }

    @Test
    void aSendAfterTheAbortFailsOnceByCompletionOrByException() {
        try (WsClient client = WsClient.connect(uri())) {
            Transport transport = acceptor.awaitOpened().transport();
            transport.abort();

            assertThat(failuresOfASend(transport)).isEqualTo(1);
            assertThat(client.awaitClose(PATIENCE)).isNotEqualTo(1000);
        }
    }

    private static int failuresOfASend(Transport transport) {
        Completions completions = new Completions();
        int thrown = 0;
        try {
            transport.send(Frame.lines(ByteBuffer.wrap(new byte[10])), completions);
            Await.until("the completion", PATIENCE, () -> completions.count() > 0);
        } catch (RuntimeException refused) {
            thrown = 1;
        }
        assertThat(completions.failures()).hasSize(completions.count());
        return completions.count() + thrown;
    }

    @Test
    void aPingIsAnsweredByAPong() {
        try (WsClient client = WsClient.connect(uri())) {
            Opened session = acceptor.awaitOpened();
            Completions completions = new Completions();
            session.transport().ping(completions);

            Await.until("a pong", PATIENCE, () -> session.inbound().pongs() == 1);
            completions.awaitSuccess();
            assertThat(client.closeCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, done", "1012, restart", "1013, full", "4308, slow consumer", "4429, too much"})
    void theCloseCodeAndItsReasonReachTheClient(int code, String reason) {
        try (WsClient client = WsClient.connect(uri())) {
            Opened session = acceptor.awaitOpened();
            session.transport().close(code, reason);
            session.transport().close(1000, "a second close changes nothing");

            assertThat(client.awaitClose(PATIENCE)).isEqualTo(code);
            assertThat(client.closeReason()).isEqualTo(reason);
            Await.until("closed", PATIENCE, session.inbound()::isClosed);
        }
    }

    @Test
    void anOverlongReasonIsCutBetweenCharacters() {
        try (WsClient client = WsClient.connect(uri())) {
            acceptor.awaitOpened().transport().close(4400, "ü".repeat(200));

            assertThat(client.awaitClose(PATIENCE)).isEqualTo(4400);
            assertThat(client.closeReason()).isEqualTo("ü".repeat(61));
        }
    }

    @Test
    void theClientsCloseIsHeard() {
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            Opened session = acceptor.awaitOpened();
            client.sendFrame(0x80 | RawFrame.CLOSE, new byte[] {3, (byte) 232});

            Await.until("closed", PATIENCE, session.inbound()::isClosed);
            assertThat(client.readFrame().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void aClientThatVanishesIsNoticed() {
        RawWsClient client = RawWsClient.to(uri()).connect();
        Opened session = acceptor.awaitOpened();
        client.vanish();

        Await.until("closed", PATIENCE, session.inbound()::isClosed);
    }

    @Test
    void anAbortFailsTheSendThatAStalledPeerHoldsUpAndFreesItsSocket() {
        try (RawWsClient client = RawWsClient.to(uri()).receiveBuffer(4 * KIB).connect()) {
            Opened session = acceptor.awaitOpened();
            Completions stuck = sendUntilOneHangs(session.transport());

            session.transport().abort();

            Await.until("the send's end", Duration.ofSeconds(5), () -> stuck.count() == 1);
            assertThat(stuck.failures()).hasSize(1);
            Await.until("closed", Duration.ofSeconds(5), session.inbound()::isClosed);
            client.awaitAbandoned();
        }
    }

    @Test
    void anAbortFreesTheSocketThatAPoliteCloseCouldNot() throws Exception {
        try (RawWsClient client = RawWsClient.to(uri()).receiveBuffer(4 * KIB).connect()) {
            Opened session = acceptor.awaitOpened();
            Completions stuck = sendUntilOneHangs(session.transport());
            Thread polite = new Thread(() -> session.transport().close(1012, "restart"));
            polite.start();
            polite.join(500);

            session.transport().abort();

            Await.until("the send's end", Duration.ofSeconds(5), () -> stuck.count() == 1);
            client.awaitAbandoned();
            polite.join(PATIENCE.toMillis());
            assertThat(polite.isAlive()).isFalse();
        }
    }

    @Test
    void aPeerThatVanishesEndsTheSendThatItHeldUp() {
        RawWsClient client = RawWsClient.to(uri()).receiveBuffer(4 * KIB).connect();
        Opened session = acceptor.awaitOpened();
        Completions stuck = sendUntilOneHangs(session.transport());

        client.vanish();

        Await.until("the send's end", PATIENCE, () -> stuck.count() == 1);
        assertThat(stuck.failures()).hasSize(1);

        session.transport()
                .abort(); // as a session does: after a failed write Tomcat may say nothing of the close by itself

        Await.until("closed", PATIENCE, session.inbound()::isClosed);
        assertThat(stuck.count()).isEqualTo(1);
    }

    private static Completions sendUntilOneHangs(Transport transport) {
        Frame lines = Frame.lines(ByteBuffer.wrap(new byte[transport.maxBatchBytes()]));
        for (int i = 0; i < 1000; i++) {
            Completions completions = new Completions();
            transport.send(lines, completions);
            if (!endsSoon(completions)) {
                return completions;
            }
            completions.awaitSuccess();
        }
        throw new AssertionError("64 MB went to a peer that does not read");
    }

    private static boolean endsSoon(Completions completions) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
        while (completions.count() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return completions.count() > 0;
    }

    @Test
    void aTextOfTheClientArrivesWithItsEnd() {
        try (WsClient client = WsClient.connect(uri())) {
            Opened session = acceptor.awaitOpened();
            client.send("{\"op\":\"ping\",\"id\":\"ä\"}");

            Await.until("the text", PATIENCE, session.inbound()::heardOut);
            assertThat(text(session)).isEqualTo("{\"op\":\"ping\",\"id\":\"ä\"}");
        }
    }

    @Test
    void fragmentsArriveAsPartsOfWhichOnlyTheLastEnds() {
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            Opened session = acceptor.awaitOpened();
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
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            Opened session = acceptor.awaitOpened();
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
        try (WsClient client = WsClient.connect(uri())) {
            Opened session = acceptor.awaitOpened();
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
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            Opened session = acceptor.awaitOpened();
            client.sendFrame(0x80 | RawFrame.BINARY, new byte[] {1, 2, 3});

            Await.until("the report", PATIENCE, () -> session.inbound().binaries() > 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x83, ab, 1002", "0xc1, ab, 1002", "0x80, ab, 1002", "0x81, \u00ff, 1007"})
    void aBreachOfTheWebSocketProtocolEndsTheSession(String first, String latin, int code) {
        try (RawWsClient client = RawWsClient.to(uri()).connect()) {
            Opened session = acceptor.awaitOpened();
            client.sendFrame(Integer.decode(first), latin.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(client.readFrame().closeCode()).isEqualTo(code);
            Await.until("closed", PATIENCE, session.inbound()::isClosed);
        }
    }

    @Test
    void theContainersIdleTimeoutDoesNotEndAQuietSession() throws Exception {
        long before = server.container().getDefaultMaxSessionIdleTimeout();
        server.container().setDefaultMaxSessionIdleTimeout(200);
        server.container().setAsyncSendTimeout(200);
        try (WsClient client = WsClient.connect(uri())) {
            Opened session = acceptor.awaitOpened();
            // A promise about time passing: nothing else can show it.
            Thread.sleep(1000);
            Completions completions = new Completions();
            session.transport().send(text("still here"), completions);

            client.awaitLine("still here"::equals, PATIENCE);
        } finally {
            server.container().setDefaultMaxSessionIdleTimeout(before);
            server.container().setAsyncSendTimeout(-1);
        }
    }
}
