package io.laundrybridge.warmup;

import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.socket.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The clients of a rehearsal. Used by one thread. */
final class Audience {
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final WebSocketSink sink;
    private final BooleanSupplier over;
    private final List<RehearsalClient> present = new ArrayList<>();
    private long linesOfGone;

    /** Makes an audience of {@code sink}; nobody waits for anything once {@code over} is true. */
    Audience(WebSocketSink sink, BooleanSupplier over) {
        this.sink = sink;
        this.over = over;
    }

    /** Opens a session of the full dialect that subscribes to {@code channel}; {@code rest} are more fields. */
    RehearsalClient full(String channel, String rest) {
        RehearsalClient client = open(List.of(FullDialect.SUBPROTOCOL), Map.of());
        client.say("{\"op\":\"subscribe\",\"id\":1,\"ch\":\"" + channel + "\"" + rest + "}");
        return client;
    }

    /** Opens a session of the plain dialect that reads {@code channel} from its beginning. */
    RehearsalClient plain(String channel) {
        return open(List.of(), Map.of("channel", List.of(channel), "from", List.of("earliest")));
    }

    private RehearsalClient open(List<String> subprotocols, Map<String, List<String>> query) {
        RehearsalClient client = new RehearsalClient();
        present.add(client);
        client.connected(sink.accept(new Handshake(subprotocols, query, Caller.ANONYMOUS), client));
        return client;
    }

    /** Waits until {@code done} is true for all of {@code clients}; meanwhile everybody answers beats. */
    void await(List<RehearsalClient> clients, Predicate<RehearsalClient> done) {
        while (!over.getAsBoolean() && !clients.stream().allMatch(done)) {
            present.forEach(RehearsalClient::answer);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        present.forEach(RehearsalClient::answer);
    }

    /** Has {@code clients} leave. */
    void leave(List<RehearsalClient> clients) {
        clients.forEach(RehearsalClient::leave);
        clients.forEach(client -> linesOfGone += client.lines());
        present.removeAll(clients);
    }

    /** Has everybody leave. */
    void leave() {
        leave(List.copyOf(present));
    }

    /** Returns how many lines have come, to everybody there ever was. */
    long lines() {
        return linesOfGone + present.stream().mapToLong(RehearsalClient::lines).sum();
    }
}
