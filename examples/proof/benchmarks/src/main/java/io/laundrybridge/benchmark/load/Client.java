package io.laundrybridge.benchmark.load;

import io.laundrybridge.benchmark.load.Dialect.Turn;
import io.laundrybridge.benchmark.process.Micros;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One WebSocket. Used by its reactor's thread alone. */
final class Client implements FrameSink, EventSink {
    private static final Pattern BEAT = Pattern.compile("\"n\":(\\d+)");
    private static final String UPGRADED = "HTTP/1.1 101";

    private final LoadPlan plan;
    private final int number;
    private final Tally tally;
    private final @Nullable Inflating inflating;
    private final @Nullable DeflatedMessages deflated;
    private final Place place;
    private final String token;
    private final Deque<ByteBuffer> unwritten = new ArrayDeque<>();
    private final StringBuilder heard = new StringBuilder();

    private EventScanner scanner;
    private FrameReader frames;
    private List<Turn> hello = List.of();
    private int turn;
    private boolean upgraded;
    private boolean stalled;
    private boolean returns;
    /** Whether the connection ended while its bytes are taken apart. */
    private boolean gone;
    /** The number to reach after it has reconnected; -1 once it is reached. */
    private long target = -1;

    private long arrival;
    /** When the newest event was due; the time of the connection before any. */
    private long newest;

    private @Nullable SelectionKey key;

    Client(LoadPlan plan, int number, Tally tally) {
        this.plan = plan;
        this.number = number;
        this.tally = tally;
        inflating = plan.compress() ? new Inflating() : null;
        deflated = plan.dialect().extension().isEmpty() ? null : new DeflatedMessages();
        place = new Place(plan.streams(), !plan.perKey());
        token = plan.signingKey().isEmpty()
                ? ""
                : Tenants.read(Path.of(plan.signingKey())).token(number, plan.key(number));
        scanner = newScanner();
        frames = new FrameReader(this);
    }

    private EventScanner newScanner() {
        boolean partitioned = plan.streams() > 1;
        return new EventScanner(this, plan.leastBytes(), partitioned, plan.dialect() == Dialect.LAUNDRY);
    }

    /** Begins to connect; {@code from} is the start of our protocol. */
    void connect(Selector selector, String from) throws IOException {
        newest = newest == 0 ? Micros.now() : newest;
        scanner = newScanner();
        frames = new FrameReader(this);
        hello = plan.dialect().hello(plan.dialect() == Dialect.LAUNDRY ? plan.fields(number, from) : "", token);
        turn = 0;
        upgraded = false;
        heard.setLength(0);
        unwritten.clear();
        if (deflated != null) {
            deflated.begin();
        }
        SocketChannel socket = SocketChannel.open();
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (plan.receiveBuffer() > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, plan.receiveBuffer());
        }
        key = socket.register(selector, SelectionKey.OP_CONNECT, this);
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), plan.port()));
    }

    /** Returns its number among all clients. */
    int number() {
        return number;
    }

    /** Returns whether it is subscribed. */
    boolean ready() {
        return upgraded && turn == hello.size();
    }

    /** Returns whether it has a connection, or wants one. */
    boolean connected() {
        return key != null && key.isValid();
    }

    /** Handles the operations that the selector reports as ready. */
    void ready(SelectionKey selected, byte[] buffer, long now) {
        arrival = now;
        gone = false;
        try {
            if (selected.isConnectable()) {
                ((SocketChannel) selected.channel()).finishConnect();
                selected.interestOps(SelectionKey.OP_READ);
                write(ByteBuffer.wrap(request().getBytes(StandardCharsets.US_ASCII)));
            } else {
                if (selected.isWritable()) {
                    flush();
                }
                if (selected.isReadable()) {
                    read((SocketChannel) selected.channel(), buffer);
                }
            }
        } catch (IOException e) {
            lost(e.toString());
        }
    }

    private String request() {
        return "GET " + plan.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + plan.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + header("Sec-WebSocket-Protocol", plan.dialect().subprotocol())
                + header("Sec-WebSocket-Extensions", plan.dialect().extension()) + "\r\n";
    }

    private static String header(String name, String value) {
        return value.isEmpty() ? "" : name + ": " + value + "\r\n";
    }

    private void read(SocketChannel socket, byte[] bytes) throws IOException {
        int length = socket.read(ByteBuffer.wrap(bytes));
        if (length < 0) {
            lost("end of stream");
            return;
        }
        tally.bytes += length;
        frames.feed(bytes, upgraded ? 0 : upgrade(bytes, length), length);
    }

    /** Reads the answer to the request byte by byte; returns where the bytes after it begin. */
    private int upgrade(byte[] bytes, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            heard.append((char) bytes[i]);
            if (bytes[i] == '\n' && heard.indexOf("\r\n\r\n", Math.max(0, heard.length() - 4)) >= 0) {
                if (!heard.toString().startsWith(UPGRADED)) {
                    throw new IOException("not upgraded: " + heard.substring(0, heard.indexOf("\r")));
                }
                if (heard.indexOf(plan.dialect().extension()) < 0) {
                    throw new IOException("upgraded without " + plan.dialect().extension());
                }
                upgraded = true;
                heard.setLength(0);
                greet();
                return i + 1;
            }
        }
        return length;
    }

    private void greet() throws IOException {
        while (turn < hello.size() && heard.indexOf(hello.get(turn).awaited()) >= 0) {
            String said = hello.get(turn++).said();
            heard.setLength(0);
            if (!said.isEmpty()) {
                write(Frames.text(said));
            }
        }
    }

    @Override
    public void payload(byte[] bytes, int from, int to, Kind kind) {
        if (!ready()) {
            heard.append(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            attempt(this::greet);
        }
        if (kind == Kind.BINARY && inflating != null) {
            inflating.collect(bytes, from, to);
        } else if (kind == Kind.DEFLATED && deflated != null) {
            attempt(() -> deflated.feed(bytes, from, to, scanner));
        } else {
            scanner.feed(bytes, from, to);
        }
    }

    @Override
    public void endOfFrame(Kind kind, boolean endOfMessage) {
        tally.frames++;
        if (kind == Kind.BINARY && inflating != null) {
            attempt(() -> inflating.inflate(scanner));
        }
        if (endOfMessage) {
            if (kind == Kind.DEFLATED && deflated != null) {
                attempt(() -> deflated.endOfMessage(scanner));
            }
            scanner.endOfMessage();
        }
    }

    @Override
    public void ping(byte[] payload) {
        attempt(() -> write(Frames.pong(payload)));
    }

    @Override
    public void closing(byte[] payload) {
        int code = payload.length < 2 ? 0 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        lost("closed by the server: " + code);
    }

    @Override
    public void event(long sequence, long scheduled, int stream) {
        if (gone) {
            return;
        }
        tally.events++;
        place.event(sequence, stream, tally);
        newest = scheduled;
        if (target >= 0) {
            tally.caughtUp++;
            if (sequence + 1 >= target) {
                target = -1;
            }
        } else if (!stalled) {
            tally.latency(arrival - scheduled);
        }
    }

    @Override
    public void control(String line) {
        if (gone) {
            return;
        }
        if (line.startsWith("{\"op\":\"beat\"")) {
            Matcher beat = BEAT.matcher(line);
            if (beat.find()) {
                attempt(() -> write(Frames.text("{\"op\":\"beat\",\"n\":" + beat.group(1) + "}")));
            }
        } else if (line.startsWith("{\"op\":\"gap\"")) {
            place.gap(line, tally);
        } else if (line.startsWith("{\"op\":\"subscribed\"")) {
            place.position(line);
        } else if (line.startsWith("{\"op\":\"error\"") || line.startsWith("{\"op\":\"reset\"")) {
            lost(line);
        }
    }

    /** Stops or starts reading. A client that was stopped once never counts as one that reads all the time. */
    void stall(boolean now) {
        stalled = true;
        if (connected()) {
            key().interestOps(now ? 0 : SelectionKey.OP_READ);
        }
    }

    /** Drops the connection without a close, as a phone does. */
    void drop() {
        if (key != null) {
            key.cancel();
            close();
        }
    }

    /** Reconnects and resumes; {@code reached} is the number to reach. */
    void comeBack(Selector selector, long reached) throws IOException {
        target = reached;
        connect(selector, "at:" + place.position());
    }

    /** Leaves, and comes back {@code events} before its place; {@code reached} is the number to reach. */
    void comeBackFrom(Selector selector, long events, long reached) throws IOException {
        drop();
        place.goBack(events);
        comeBack(selector, reached);
    }

    /** Returns whether it has not yet caught up with the other clients. */
    boolean catchingUp() {
        return target >= 0;
    }

    /** Returns how long before {@code now} the newest event that it has was due. */
    long lag(long now) {
        return Math.max(0, now - newest);
    }

    /** Returns the next number of a stream, -1 before any. */
    long next(int stream) {
        return place.next(stream);
    }

    private void write(ByteBuffer frame) throws IOException {
        unwritten.add(frame);
        flush();
    }

    private void flush() throws IOException {
        SocketChannel socket = (SocketChannel) key().channel();
        while (!unwritten.isEmpty()) {
            socket.write(unwritten.peek());
            if (unwritten.peek().hasRemaining()) {
                key().interestOpsOr(SelectionKey.OP_WRITE);
                return;
            }
            unwritten.poll();
        }
        key().interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    private SelectionKey key() {
        if (key == null) {
            throw new IllegalStateException("Client " + number + " has never connected");
        }
        return key;
    }

    private void lost(String reason) {
        if (connected()) {
            gone = true;
            frames.stop();
            tally.closed++;
            tally.reason = reason.replaceAll("\\s+", " ");
            Selector selector = key().selector();
            key().cancel();
            close();
            if (returns) {
                attempt(() -> connect(selector, "at:" + place.position()));
            }
        }
    }

    /** From now on it comes back by itself whenever it loses its connection, as the library's client does. */
    void returns() {
        returns = true;
    }

    private void close() {
        try {
            key().channel().close();
        } catch (IOException e) {
            // it is closed in any case
        }
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            lost(e.toString());
        }
    }

    /** An operation that may fail at the socket. */
    private interface Attempt {
        void run() throws IOException;
    }
}
