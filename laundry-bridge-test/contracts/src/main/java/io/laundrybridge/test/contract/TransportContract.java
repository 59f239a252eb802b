package io.laundrybridge.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.FrameImages;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.RawFrame;
import io.laundrybridge.test.client.RawWsClient;
import io.laundrybridge.test.client.WsClient;
import io.laundrybridge.test.contract.OpenedSockets.Opened;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests an open WebSocket as sessions use it: sending, closing, and messages of the client. The test of your own
 * transport extends this class, and starts a server that opens sockets by that transport.
 *
 * <pre>{@code
 * class MyTransportTest extends TransportContract {
 *     protected URI start(SocketAcceptor sockets) {
 *         server = MyServer.start(socket -> sockets.accept(handshakeOf(socket), new MyTransport(socket)));
 *         return server.uri();
 *     }
 *
 *     protected void stop() {
 *         server.close();
 *     }
 * }
 * }</pre>
 */
public abstract class TransportContract extends ClosingContract {
    private static final int KIB = 1024;

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
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            byte[] expected = new byte[lines.remaining()];
            lines.duplicate().get(expected);

            Completions completions = new Completions();
            sockets.awaitOpened().transport().send(Frame.lines(lines), completions);

            RawFrame frame = client.readFrame();
            assertThat(frame.last()).as("one frame").isTrue();
            assertThat(frame.payload()).isEqualTo(expected);
            completions.awaitSuccess();
            assertThat(completions.count()).isEqualTo(1);
        }
    }

    @Test
    void textArrivesAsText() {
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            String text = "{\"temperature\": 61.5, \"site\": \"Südstraße 🧺\"}".repeat(1000);
            Completions completions = new Completions();
            sockets.awaitOpened().transport().send(text(text), completions);

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
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            Resending sends = new Resending(sockets.awaitOpened().transport(), ByteBuffer.wrap(new byte[20]), times);
            CountDownLatch done = sends.start();
            for (int i = 0; i < times; i++) {
                assertThat(client.readFrame().payload()).hasSize(20);
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(sends.failure()).isNull();
        }
    }

    @Test
    void theRestOfAFrameStaysAsItWasWhateverTheWorkersMemoryIsUsedFor() {
        FrameImages images = FrameImages.ofFramesUpTo(64 * KIB);
        try (RawWsClient client = RawWsClient.to(uri).receiveBuffer(4 * KIB).connect()) {
            Transport transport = sockets.awaitOpened().transport();
            int sent = 0;
            Completions last;
            do {
                last = new Completions();
                transport.send(imaged(images, (byte) ('a' + sent++ % 26)), last);
            } while (sent < 1_000 && endsSoon(last));
            for (int i = 0; i < 2 * FrameImages.COUNT; i++) {
                imaged(images, (byte) '!').lend();
            }
            for (int i = 0; i < sent; i++) {
                byte[] payload = client.readFrame().payload();
                assertThat(payload).as("frame %d of %d", i + 1, sent).isEqualTo(filled((byte) ('a' + i % 26)));
            }
            last.awaitSuccess();
        }
    }

    @Test
    void framesOfOneSendArriveInTheirOrderAndTheSendEndsOnce() {
        FrameImages images = FrameImages.ofFramesUpTo(64 * KIB);
        try (RawWsClient client = RawWsClient.to(uri).connect()) {
            Transport transport = sockets.awaitOpened().transport();
            int sent = 0;
            for (int times = 0; times < 50; times++) {
                Frames frames = new Frames();
                while (frames.count() < transport.mostFrames()) {
                    byte each = (byte) ('a' + sent++ % 26);
                    frames.add(sent % 3 == 0 ? imaged(images, each) : Frame.lines(ByteBuffer.wrap(new byte[] {each})));
                }
                sendAll(transport, frames);
                for (int i = sent - transport.mostFrames(); i < sent; i++) {
                    byte each = (byte) ('a' + i % 26);
                    byte[] expected = (i + 1) % 3 == 0 ? filled(each) : new byte[] {each};
                    assertThat(client.readFrame().payload()).as("frame %d", i).isEqualTo(expected);
                }
            }
        }
    }

    /** Sends until all are taken; each send takes one frame at least, and ends once. */
    private static void sendAll(Transport transport, Frames frames) {
        while (!frames.isEmpty()) {
            int before = frames.count();
            Completions completions = new Completions();
            transport.send(frames, completions);
            assertThat(frames.count()).isLessThan(before);
            completions.awaitSuccess();
            assertThat(completions.count()).isEqualTo(1);
        }
    }

    @Test
    void whatASendOfSeveralFramesLeavesIsSentNextWhateverTheWorkersMemoryIsUsedFor() {
        FrameImages images = FrameImages.ofFramesUpTo(64 * KIB);
        try (RawWsClient client = RawWsClient.to(uri).receiveBuffer(4 * KIB).connect()) {
            Transport transport = sockets.awaitOpened().transport();
            Frames frames = new Frames();
            int sent = 0;
            Completions last;
            do {
                for (int i = 0; i < Math.min(4, transport.mostFrames()) && frames.count() < 4; i++) {
                    frames.add(imaged(images, (byte) ('a' + sent++ % 26)));
                }
                last = new Completions();
                transport.send(frames, last);
            } while (sent < 1_000 && endsSoon(last));
            for (int i = 0; i < 2 * FrameImages.COUNT; i++) {
                imaged(images, (byte) '!').lend();
            }
            int waiting = frames.count();
            for (int i = 0; i < sent - waiting; i++) {
                assertThat(client.readFrame().payload()).as("frame %d", i).isEqualTo(filled((byte) ('a' + i % 26)));
            }
            last.awaitSuccess();
            if (waiting > 0) {
                Thread rest = new Thread(() -> sendAll(transport, frames));
                rest.start();
                for (int i = sent - waiting; i < sent; i++) {
                    assertThat(client.readFrame().payload())
                            .as("frame %d of %d, left by a send", i, sent)
                            .isEqualTo(filled((byte) ('a' + i % 26)));
                }
            }
            assertThat(last.count()).isEqualTo(1);
        }
    }

    private static Frame imaged(FrameImages images, byte each) {
        Frame frame = Frame.lines(ByteBuffer.wrap(filled(each)));
        frame.writeFrom(images);
        return frame;
    }

    private static byte[] filled(byte each) {
        byte[] payload = new byte[60 * KIB];
        Arrays.fill(payload, each);
        return payload;
    }

    @Test
    void pongsOfTheContainerComeBetweenFramesAndNeverInside() throws Exception {
        int times = 300;
        byte[] payload = new byte[40 * KIB];
        Arrays.fill(payload, (byte) 'x');
        try (RawWsClient client = RawWsClient.to(uri).receiveBuffer(4 * KIB).connect()) {
            Resending sends = new Resending(sockets.awaitOpened().transport(), ByteBuffer.wrap(payload), times);
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
    void aPingIsAnsweredByAPong() {
        try (WsClient client = WsClient.connect(uri)) {
            Opened session = sockets.awaitOpened();
            Completions completions = new Completions();
            session.transport().ping(completions);

            Await.until("a pong", PATIENCE, () -> session.inbound().pongs() == 1);
            completions.awaitSuccess();
            assertThat(client.closeCode()).isZero();
        }
    }
}
