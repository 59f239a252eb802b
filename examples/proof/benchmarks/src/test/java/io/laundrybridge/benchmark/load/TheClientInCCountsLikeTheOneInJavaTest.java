package io.laundrybridge.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laundrybridge.benchmark.process.CProgram;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.Micros;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that both load clients count alike what a server sends, however its bytes are cut. */
class TheClientInCCountsLikeTheOneInJavaTest {
    private static final int CLIENTS = 3;
    private static final int EVENTS = 5_000;
    private static final int LEAST_BYTES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed = System.nanoTime();

    @TempDir
    Path folder;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        System.out.println("seed " + seed);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "accepting");
        accepting.setDaemon(true);
        accepting.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void countsAreTheSame() {
        assumeTrue(CProgram.available(), "a C compiler is here");

        String inJava = counts(false);
        String inC = counts(true);

        assertThat(inC).isEqualTo(inJava).contains("missing=" + 4 * CLIENTS, "late=" + CLIENTS, "announced=24");
    }

    /** Returns the counts of a client that has read everything, without times. */
    private String counts(boolean inC) {
        LoadPlan plan = new LoadPlan(
                server.getLocalPort(), "/", Dialect.LAUNDRY, LEAST_BYTES, 1, 1, Choice.EVERYTHING, 1, "", 0, false, 0);
        try (Child client = Child.start("client-" + inC, new Reading(1, inC).command(plan, folder), folder)) {
            client.ask("open " + CLIENTS, "opened", PATIENCE);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            String counts;
            do {
                assertThat(System.nanoTime()).as("time").isLessThan(deadline);
                counts = client.ask("read", "events=", PATIENCE);
            } while (!counts.contains("closed=" + CLIENTS));
            return counts.replaceAll(" p50.*", "");
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread serving = new Thread(() -> serve(socket), "serving");
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            readUntil(in, "\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            readUntil(in, "\"ch\":\"bench\"");
            Random random = new Random(seed);
            byte[] bytes = stream(random);
            for (int at = 0; at < bytes.length; ) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 300 : 20_000));
                out.write(bytes, at, piece);
                at += piece;
            }
            readUntil(in, "\"n\":77}");
            out.write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe9});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readUntil(InputStream in, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended before " + end + ": " + heard);
            }
            heard.append((char) next);
        }
    }

    private static byte[] stream(Random random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frame(all, "{\"op\":\"welcome\"}\n{\"op\":\"subscribed\",\"id\":1,\"at\":\"v:0@0\"}\n");
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < EVENTS; n++) {
            int number = n;
            if (n == 1_000) {
                lines.append("{\"op\":\"gap\",\"ps\":[{\"p\":\"0\",\"from\":\"0@1000\",\"to\":\"0@1008\"}]}\n");
            }
            if (n >= 1_000) {
                number += 8;
            }
            if (n >= 2_000) {
                number += 3;
            }
            if (n == 3_000) {
                number -= 5;
            }
            lines.append("{\"k\":\"a\",\"v\":").append(event(number)).append("}\n");
            if (random.nextInt(20) == 0) {
                frame(all, lines.toString());
                lines.setLength(0);
            }
        }
        frame(all, lines + "{\"op\":\"beat\",\"n\":77}\n");
        return all.toByteArray();
    }

    private static String event(int number) {
        StringBuilder event =
                new StringBuilder("{\"seq\":" + number + ",\"ts\":" + Micros.now() + ",\"pad\":\"{\\\"op\\\":");
        while (event.length() < LEAST_BYTES - 2) {
            event.append('x');
        }
        return event.append("\"}").toString();
    }

    private static void frame(ByteArrayOutputStream all, String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        all.write(0x81);
        if (payload.length < 126) {
            all.write(payload.length);
        } else if (payload.length < 65_536) {
            all.write(126);
            all.write(payload.length >> 8);
            all.write(payload.length);
        } else {
            all.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                all.write((int) ((long) payload.length >> shift));
            }
        }
        all.writeBytes(payload);
    }
}
