package io.laundrybridge.session;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.dialect.Dialect;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.worker.Conversation;
import io.laundrybridge.session.worker.Outlook;
import io.laundrybridge.session.worker.Session;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sessions whose users a test replaces, as a login or a lost role does. */
public final class MovingRights {
    private final List<Watched> sessions = new CopyOnWriteArrayList<>();

    /** Watches the sessions of the sink that {@code builder} builds. */
    public WebSocketSinkBuilder in(WebSocketSinkBuilder builder) {
        List<Dialect> dialects = List.copyOf(builder.dialects);
        builder.dialects.clear();
        dialects.forEach(dialect -> builder.dialects.add(watching(dialect)));
        return builder;
    }

    /** Makes the user of every session of {@code user} what {@code change} makes of it; waits until it is. */
    public void become(String user, UnaryOperator<Caller> change) {
        for (Watched each : sessions) {
            if (!each.session.closing() && each.session.caller().name().equals(user)) {
                each.next.set(change.apply(each.session.caller()));
                Await.until("the new rights", Duration.ofSeconds(10), () -> {
                    each.session.reading().wake();
                    return each.next.get() == null;
                });
            }
        }
    }

    /** Gives {@code user} the claim "sees", which a rule of the test reads. */
    public void sees(String user, Object... tenants) {
        become(user, caller -> caller.withClaims(Map.of("sees", List.of(tenants))));
    }

    /** As {@link #sees}, at the next look of the sessions, for which this does not wait. */
    public void willSee(String user, Object... tenants) {
        for (Watched each : sessions) {
            if (!each.session.closing() && each.session.caller().name().equals(user)) {
                each.next.set(each.session.caller().withClaims(Map.of("sees", List.of(tenants))));
            }
        }
    }

    private Dialect watching(Dialect dialect) {
        return new Dialect() {
            @Override
            public String subprotocol() {
                return dialect.subprotocol();
            }

            @Override
            public List<String> features(EndpointContext channels) {
                return dialect.features(channels);
            }

            @Override
            public Conversation begin(Session session, Handshake handshake, Runnable subscribed) {
                Watched watched = new Watched(session, dialect.begin(session, handshake, subscribed));
                sessions.add(watched);
                return watched;
            }
        };
    }

    private static final class Watched implements Conversation {
        private final Session session;
        private final Conversation real;
        private final AtomicReference<@Nullable Caller> next = new AtomicReference<>();

        private Watched(Session session, Conversation real) {
            this.session = session;
            this.real = real;
        }

        @Override
        public void opened() {
            real.opened();
        }

        @Override
        public void line(ClientLine line) {
            real.line(line);
        }

        @Override
        public void pong() {
            real.pong();
        }

        @Override
        public void pingLeftOut() {
            real.pingLeftOut();
        }

        @Override
        public @Nullable Frame next() {
            Caller now = next.getAndSet(null);
            if (now != null) {
                session.become(now);
            }
            return real.next();
        }

        @Override
        public void recheck() {
            real.recheck();
        }

        @Override
        public Outlook outlook() {
            return real.outlook();
        }

        @Override
        public void tick(long now) {
            real.tick(now);
        }

        @Override
        public void removed(Channel channel) {
            real.removed(channel);
        }

        @Override
        public @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
            return real.bye(code, retryAfterMillis);
        }

        @Override
        public void ended() {
            real.ended();
        }
    }
}
