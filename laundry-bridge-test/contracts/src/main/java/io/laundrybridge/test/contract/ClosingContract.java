package io.laundrybridge.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.contract.OpenedSockets.Opened;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the end of a socket that is closed, aborted or lost, in every container and with each way to write frames. */
public abstract class ClosingContract extends InboundContract {
    private static final int KIB = 1024;

    @Test
    void aSendAfterTheCloseFailsOnceByCompletionOrByException() {
        try (WsClient client = WsClient.connect(uri)) {
            Opened session = sockets.awaitOpened();
            session.transport().close(1001, "bye");
            client.awaitClose(PATIENCE);
            Await.until("closed", PATIENCE, session.inbound()::isClosed);

            assertThat(failuresOfASend(session.transport())).isEqualTo(1);
        }
    }

    @Test
    void aSendAfterTheAbortFailsOnceByCompletionOrByException() {
        try (WsClient client = WsClient.connect(uri)) {
            Transport transport = sockets.awaitOpened().transport();
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

    @ParameterizedTest
    @CsvSource({"1000, done", "1012, restart", "1013, full", "4308, slow consumer", "4429, too much"})
    void theCloseCodeAndItsReasonReachTheClient(int code, String reason) {
        try (WsClient client = WsClient.connect(uri)) {
            Opened session = sockets.awaitOpened();
            session.transport().close(code, reason);
            session.transport().close(1000, "a second close changes nothing");

            assertThat(client.awaitClose(PATIENCE)).isEqualTo(code);
            assertThat(client.closeReason()).isEqualTo(reason);
            Await.until("closed", PATIENCE, session.inbound()::isClosed);
        }
    }

    @Test
    void anOverlongReasonIsCutBetweenCharacters() {
        try (WsClient client = WsClient.connect(uri)) {
            sockets.awaitOpened().transport().close(4400, "ü".repeat(200));

            assertThat(client.awaitClose(PATIENCE)).isEqualTo(4400);
            assertThat(client.closeReason()).isEqualTo("ü".repeat(61));
        }
    }

    @Test
    void theClientsCloseIsNoticed() {
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            Opened session = sockets.awaitOpened();
            client.sendFrame(0x80 | RawFrame.CLOSE, new byte[] {3, (byte) 232});

            Await.until("closed", PATIENCE, session.inbound()::isClosed);
            assertThat(client.readFrame().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void aClientThatVanishesIsNoticed() {
        RawWsClient client = RawWsClient.to(uri).connect();
        Opened session = sockets.awaitOpened();
        client.vanish();

        Await.until("closed", PATIENCE, session.inbound()::isClosed);
    }

    @Test
    void anAbortFailsTheSendThatAStalledPeerHoldsUpAndFreesItsSocket() {
        try (RawWsClient client = RawWsClient.to(uri).receiveBuffer(4 * KIB).connect()) {
            Opened session = sockets.awaitOpened();
            Completions stuck = sendUntilOneHangs(session.transport());

            session.transport().abort();

            Await.until("the send's end", Duration.ofSeconds(5), () -> stuck.count() == 1);
            assertThat(stuck.failures()).hasSize(1);
            Await.until("closed", Duration.ofSeconds(5), session.inbound()::isClosed);
            client.awaitAbandoned();
        }
    }

    @Test
    void anAbortFailsASendOfSeveralFramesOnceAndNoneOfThemIsSentLater() {
        try (RawWsClient client = RawWsClient.to(uri).receiveBuffer(4 * KIB).connect()) {
            Opened session = sockets.awaitOpened();
            Transport transport = session.transport();
            Frames frames = new Frames();
            Completions stuck;
            int sends = 0;
            do {
                while (frames.count() < Math.min(4, transport.mostFrames())) {
                    frames.add(Frame.lines(ByteBuffer.wrap(new byte[60 * KIB])));
                }
                stuck = new Completions();
                transport.send(frames, stuck);
            } while (sends++ < 1_000 && endsSoon(stuck));

            transport.abort();

            Completions failed = stuck;
            Await.until("the send's end", Duration.ofSeconds(5), () -> failed.count() == 1);
            assertThat(failed.failures()).hasSize(1);
            Await.until("closed", Duration.ofSeconds(5), session.inbound()::isClosed);
            client.awaitAbandoned();
            assertThat(failed.count()).isEqualTo(1);
        }
    }

    @Test
    void anAbortFreesTheSocketThatAPoliteCloseCouldNot() throws Exception {
        try (RawWsClient client = RawWsClient.to(uri).receiveBuffer(4 * KIB).connect()) {
            Opened session = sockets.awaitOpened();
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
        RawWsClient client = RawWsClient.to(uri).receiveBuffer(4 * KIB).connect();
        Opened session = sockets.awaitOpened();
        Completions stuck = sendUntilOneHangs(session.transport());

        client.vanish();

        Await.until("the send's end", PATIENCE, () -> stuck.count() == 1);
        assertThat(stuck.failures()).hasSize(1);

        session.transport()
                .abort(); // as a session does: after a failed write Tomcat may not report the close by itself

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

    static boolean endsSoon(Completions completions) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
        while (completions.count() == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return completions.count() > 0;
    }
}
