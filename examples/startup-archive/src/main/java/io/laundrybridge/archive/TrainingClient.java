package io.laundrybridge.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Reads the channel {@code machines} on a thread of its own, keeps nothing, and answers beats. */
final class TrainingClient implements AutoCloseable {
    private static final byte[] BEAT = "\"op\":\"beat\",\"n\":".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 64 << 10;

    private final Socket socket;

    private TrainingClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects, and subscribes from {@code from}. */
    static TrainingClient connect(URI endpoint, String from) throws IOException {
        Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
        TrainingClient client = new TrainingClient(socket);
        socket.setTcpNoDelay(true);
        String request = "GET " + endpoint.getPath() + " HTTP/1.1\r\nHost: 127.0.0.1:" + endpoint.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: laundry-bridge.v1\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        Thread reader = new Thread(() -> client.read(from), "training-client");
        reader.setDaemon(true);
        reader.start();
        return client;
    }

    private void read(String from) {
        try {
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[BUFFER];
            if (in.read(bytes) < 0) {
                return;
            }
            say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"machines\",\"from\":\"" + from + "\"}");
            int kept = 0;
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes, kept, BUFFER - kept)) {
                kept = beats(bytes, kept + length);
            }
        } catch (IOException over) {
            // The example has stopped, or the run is over.
        }
    }

    /** Answers the beats; keeps the end of the bytes, which may be a part of one, and returns its size. */
    private int beats(byte[] bytes, int length) throws IOException {
        int longest = BEAT.length + Long.toString(Long.MAX_VALUE).length() + 1;
        int from = Math.max(0, length - longest);
        int matched = 0;
        for (int i = 0; i < length; i++) {
            matched = bytes[i] == BEAT[matched] ? matched + 1 : bytes[i] == BEAT[0] ? 1 : 0;
            if (matched == BEAT.length) {
                matched = 0;
                int end = i + 1;
                while (end < length && bytes[end] >= '0' && bytes[end] <= '9') {
                    end++;
                }
                if (end < length) {
                    say("{\"op\":\"beat\",\"n\":" + new String(bytes, i + 1, end - i - 1, StandardCharsets.US_ASCII)
                            + "}");
                    from = Math.max(from, end);
                }
            }
        }
        System.arraycopy(bytes, from, bytes, 0, length - from);
        return length - from;
    }

    /** Sends a text message of less than 126 bytes, under a mask of zeros. */
    private void say(String line) throws IOException {
        byte[] text = line.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[text.length + 6];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        OutputStream out = socket.getOutputStream();
        out.write(frame);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }
}
