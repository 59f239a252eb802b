package io.laundrybridge.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a client, parsed and checked. */
public sealed interface ClientLine {

    /** Handles the lines of a client, each kind by a method of its own. */
    interface Handler {
        void subscribe(Subscribe line);

        void unsubscribe(Unsubscribe line);

        void hidden(Hidden line);

        void inView(InView line);

        void beat(Beat line);

        void ping(Ping line);

        void await(Await line);

        void publish(Publish line);

        void auth(Auth line);

        void refused(Refused line);
    }

    /** Calls the method of {@code handler} for this kind of line. */
    void passTo(Handler handler);

    /**
     * Subscribes to a channel, or changes the existing subscription. {@code where} is the JSON of a filter, not yet
     * checked. {@code every} is zero if every event is wanted, {@code flush} if none is to be gathered.
     * {@code compress} requests compressed frames. {@code view} has the keys that the page shows, if they are given.
     * {@code travel} says how the past is played.
     */
    record Subscribe(
            long id,
            String channel,
            @Nullable StartFrom from,
            @Nullable StartFrom otherwise,
            List<String> keys,
            @Nullable Map<String, @Nullable Object> where,
            Duration every,
            Duration flush,
            boolean compress,
            @Nullable InView view,
            Travel travel)
            implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.subscribe(this);
        }
    }

    /** Ends a subscription. */
    record Unsubscribe(long id, String channel) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.unsubscribe(this);
        }
    }

    /**
     * The page is hidden, or visible again; with {@code latest}, the newest missed event of each key is enough for it.
     */
    record Hidden(@Nullable Long id, boolean hidden, boolean latest) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.hidden(this);
        }
    }

    /** The page shows only these keys of a channel; null means all again. */
    record InView(
            @Nullable Long id, String channel, @Nullable List<String> keys) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.inView(this);
        }
    }

    /** The answer to a beat. */
    record Beat(long n) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.beat(this);
        }
    }

    /** A request for a pong. */
    record Ping(long id) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.ping(this);
        }
    }

    /**
     * A value for a channel. {@code mid} names it in every repeat, {@code key} is the key that the client proposes.
     * {@code value} is its JSON text as the client wrote it, not yet checked.
     */
    record Publish(
            long id, String mid, String channel, @Nullable String key, byte[] value) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.publish(this);
        }

        /** Leaves out key and value, which may be private. */
        @Override
        public String toString() {
            return "Publish[id=" + id + ", mid=" + mid + ", channel=" + channel + "]";
        }
    }

    /**
     * Waits until everything up to a place of a channel was sent, at most for {@code within}.
     */
    record Await(long id, String channel, AwaitAt at, Duration within) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.await(this);
        }
    }

    /** A credential, first or fresh. */
    record Auth(long id, String token) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.auth(this);
        }

        /** Leaves out the token, which is a secret. */
        @Override
        public String toString() {
            return "Auth[id=" + id + "]";
        }
    }

    /** A line of the protocol with wrong content: it is answered with an error and has no effect. */
    record Refused(@Nullable Long id, ErrorCode code, String message) implements ClientLine {
        @Override
        public void passTo(Handler handler) {
            handler.refused(this);
        }
    }
}
