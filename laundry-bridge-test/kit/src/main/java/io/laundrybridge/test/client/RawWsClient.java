package io.laundrybridge.test.client;

import io.laundrybridge.test.Await;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that can break the rules: any header, any frame, no reading, a reset. It reads only if asked. For
 * one thread, but reading and sending may go on beside each other.
 */
public final class RawWsClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final int status;
    private final Map<String, String> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private RawWsClient(Dialing dialing) throws IOException {
        socket = new Socket();
        if (dialing.receiveBuffer > 0) {
            socket.setReceiveBufferSize(dialing.receiveBuffer);
        }
        if (dialing.from != null) {
            socket.bind(new InetSocketAddress(dialing.from, 0));
        }
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(dialing.uri.getHost(), dialing.uri.getPort()));
        // not buffered: a buffer would read more than the test wants
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(dialing.request().getBytes(StandardCharsets.ISO_8859_1));
        status = Integer.parseInt(line().split(" ", 3)[1]);
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            responseHeaders.put(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
    }

    /** Returns a handshake to be sent to {@code uri}. */
    public static Dialing to(URI uri) {
        return new Dialing(uri);
    }

    /** Returns the status of the handshake's response: 101 if the socket is open. */
    public int status() {
        return status;
    }

    /** Returns a header of the handshake's response. */
    public @Nullable String responseHeader(String name) {
        return responseHeaders.get(name);
    }

    /** Sends a whole text frame. */
    public void sendText(String text) {
        sendFrame(0x80 | RawFrame.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a whole text frame each millisecond, for {@code time}. */
    public void sendTexts(String text, Duration time) {
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
            sendText(text);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Sends a masked frame with {@code first} as its first byte. */
    public void sendFrame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (0x80 | 126)).putChar((char) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        sendBytes(bytes);
    }

    /** Sends bytes as they are. */
    public void sendBytes(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the next frame; fails after 10 s. */
    public RawFrame readFrame() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new RawFrame(first, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads any one byte; returns false once the server has closed. */
    public boolean readByte() {
        try {
            return in.read() >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    /**
     * Waits, without reading, until the server has dropped the connection: then its kernel answers any data with a
     * reset.
     */
    public void awaitAbandoned() {
        Await.until("the server lets go of the connection", PATIENCE, () -> {
            try {
                sendFrame(0x80 | RawFrame.PING, new byte[0]);
                return false;
            } catch (UncheckedIOException reset) {
                return true;
            }
        });
    }

    /** Drops the connection: the server gets a reset instead of a close. */
    public void vanish() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server hung up in the middle of: " + line);
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** A handshake in the making. */
    public static final class Dialing {
        private final URI uri;
        private final Map<String, List<String>> headers = new LinkedHashMap<>();
        private int receiveBuffer;
        private @Nullable String from;
        private @Nullable String query;

        private Dialing(URI uri) {
            this.uri = uri;
            header("Host", uri.getHost() + ":" + uri.getPort());
            header("Upgrade", "websocket");
            header("Connection", "Upgrade");
            header("Sec-WebSocket-Version", "13");
            header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        }

        /** Adds or replaces a header; without values it is left out. */
        public Dialing header(String name, String... values) {
            headers.put(name, List.of(values));
            return this;
        }

        /** Connects from that address of this machine. */
        public Dialing from(String address) {
            from = address;
            return this;
        }

        /** Sends that query as it is. */
        public Dialing query(String raw) {
            query = raw;
            return this;
        }

        /** Makes the receive buffer this small, so that the sender soon notices a reader that stopped. */
        public Dialing receiveBuffer(int bytes) {
            receiveBuffer = bytes;
            return this;
        }

        /** Connects, sends the handshake and reads the response's head. */
        public RawWsClient connect() {
            try {
                return new RawWsClient(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String request() {
            String raw = query != null ? query : uri.getRawQuery();
            StringBuilder request =
                    new StringBuilder("GET " + uri.getRawPath() + (raw == null ? "" : "?" + raw) + " HTTP/1.1\r\n");
            headers.forEach((name, values) -> values.forEach(
                    value -> request.append(name).append(": ").append(value).append("\r\n")));
            return request.append("\r\n").toString();
        }
    }
}
