package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.select.Selection;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.session.wake.Interest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A session throws wherever it can be called; those beside it get their events, before and after it in the worker's
 * order.
 */
public class AnUnforeseenErrorEndsItsOwnSessionOnlyTest {
    private final OneWorker worker = new OneWorker();
    private final List<String> ends = new CopyOnWriteArrayList<>();

    @AfterEach
    void stops() throws Exception {
        worker.close();
    }

    /** A session whose conversation throws in the method named; its interest in the channel is everything. */
    private final class Broken implements Conversation, Transport {
        private final String where;
        private final Session session;
        private @Nullable Interest interest;
        private @Nullable Session begun;

        private Broken(String where) {
            this.where = where;
            this.session = worker.session(this, this::begin, () -> ends.add("ended"));
        }

        /** The session may open, and close, before the constructor has returned. */
        private Conversation begin(Session of) {
            begun = of;
            return this;
        }

        private void reach(String method) {
            if (method.equals(where)) {
                throw new NoClassDefFoundError("com/example/" + method);
            }
        }

        @Override
        public void opened() {
            interest = worker.readers().add(session, Selection.of(List.of()));
            reach("opened");
        }

        @Override
        public void line(ClientLine line) {
            reach("line");
        }

        @Override
        public void pong() {
            reach("pong");
        }

        @Override
        public @Nullable Frame next() {
            reach("next");
            return null;
        }

        @Override
        public Outlook outlook() {
            return Outlook.UNSURE;
        }

        @Override
        public void tick(long now) {
            reach("tick");
        }

        @Override
        public void removed(Channel channel) {
            reach("removed");
        }

        @Override
        public @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
            reach("bye");
            return null;
        }

        @Override
        public void ended() {
            if (interest != null) {
                interest.close();
            }
            reach("ended");
        }

        @Override
        public void send(Frame frame, SendCompletion completion) {
            completion.done(null);
        }

        @Override
        public void ping(SendCompletion completion) {
            completion.done(null);
        }

        @Override
        public int maxBatchBytes() {
            return 64 << 10;
        }

        @Override
        public void close(int code, String reason) {
            ends.add("closed " + code);
            worker.run(Objects.requireNonNull(begun)::gone);
        }

        @Override
        public void abort() {
            ends.add("aborted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opened", "line", "pong", "next", "tick", "removed"})
    void itIsClosedWith1011WhereverItThrows(String where) throws Exception {
        OneWorker.Client before = worker.new Client("");
        worker.settle();
        Broken broken = new Broken(where);
        OneWorker.Client after = worker.new Client("");
        worker.settle();
        worker.run(() -> broken.session.line(new ClientLine.Ping(1)));
        worker.run(broken.session::pong);
        worker.run(() -> broken.session.tick(0));
        worker.run(() -> broken.session.removed(worker.channel()));
        worker.publish("k", 3);
        assertThat(ends).containsExactly("closed 1011", "ended");
        assertThat(before.events()).isEqualTo(3);
        assertThat(after.events()).isEqualTo(3);
    }

    @Test
    void oneThatFailsAsItSaysGoodbyeIsClosedAllTheSame() throws Exception {
        Broken broken = new Broken("bye");
        worker.run(() -> broken.session.close(CloseCode.RESTART, "the server restarts"));
        worker.settle();
        assertThat(ends).containsExactly("closed 1012", "ended");
    }

    @Test
    void oneThatFailsAsItEndsIsCountedOut() throws Exception {
        Broken broken = new Broken("ended");
        worker.run(broken.session::gone);
        worker.settle();
        assertThat(ends).containsExactly("ended");
    }
}
