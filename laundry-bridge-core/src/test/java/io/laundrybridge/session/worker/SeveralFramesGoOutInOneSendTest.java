package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Frames;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions whose transport takes several frames in one send, or as many as a test lets it. */
class SeveralFramesGoOutInOneSendTest {
    private final OneWorker worker = new OneWorker();

    @AfterEach
    void stop() throws Exception {
        worker.close();
    }

    /** A session that says what the test gives it to say, through a socket that takes what the test lets it take. */
    private final class Speaker implements Conversation, Transport {
        private final Deque<Frame> words = new ArrayDeque<>();
        private final List<String> sends = new ArrayList<>();
        private final Session session;
        private int most = Frames.MOST;
        private int takes = Frames.MOST;
        private boolean answers = true;
        private boolean fails;
        private @Nullable SendCompletion pending;
        private int asked;

        private Speaker() {
            session = worker.session(this, any -> this, () -> {});
        }

        /** Says {@code each} word in a frame of its own. */
        void say(String... each) throws Exception {
            worker.run(() -> {
                for (String word : each) {
                    words.add(frame(word));
                }
                session.pump();
            });
            worker.settle();
        }

        void complete(@Nullable Throwable failure) throws Exception {
            worker.run(() -> {
                SendCompletion now = Objects.requireNonNull(pending);
                pending = null;
                now.done(failure);
            });
            worker.settle();
        }

        @Override
        public @Nullable Frame next() {
            asked++;
            if (fails && words.isEmpty()) {
                throw new NoClassDefFoundError("com/example/Missing");
            }
            return words.poll();
        }

        @Override
        public Outlook outlook() {
            return words.isEmpty() && !fails ? Outlook.IDLE : Outlook.MORE;
        }

        @Override
        public int mostFrames() {
            return most;
        }

        @Override
        public void send(Frames frames, SendCompletion completion) {
            StringBuilder taken = new StringBuilder();
            for (int i = 0; i < takes && !frames.isEmpty() && !frames.first().isPing(); i++) {
                taken.append(taken.isEmpty() ? "" : " ")
                        .append(frames.takeFirst().text().strip());
            }
            sends.add(taken.toString());
            answer(completion);
        }

        @Override
        public void ping(SendCompletion completion) {
            sends.add("ping");
            answer(completion);
        }

        private void answer(SendCompletion completion) {
            if (answers) {
                completion.done(null);
            } else {
                pending = completion;
            }
        }

        @Override
        public void send(Frame frame, SendCompletion completion) {
            throw new AssertionError();
        }

        @Override
        public void close(int code, String reason) {
            sends.add("close " + code);
            worker.run(session::gone);
        }

        @Override
        public void abort() {
            sends.add("abort");
        }

        @Override
        public Frame bye(CloseCode code, long retryAfterMillis) {
            return frame("bye");
        }

        @Override
        public int maxBatchBytes() {
            return 64 << 10;
        }

        @Override
        public void opened() {}

        @Override
        public void line(ClientLine line) {}

        @Override
        public void tick(long now) {}

        @Override
        public void removed(Channel channel) {}

        @Override
        public void ended() {}
    }

    private static Frame frame(String word) {
        return word.equals("ping") ? Frame.ping() : Frame.lines(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatASessionHasToSayGoesOutTogether() throws Exception {
        Speaker speaker = new Speaker();
        speaker.say("a", "b", "c");

        assertThat(speaker.sends).containsExactly("a b c");
    }

    @Test
    void oneByOneIfTheTransportTakesOne() throws Exception {
        Speaker speaker = new Speaker();
        speaker.most = 1;
        speaker.say("a", "b", "c");

        assertThat(speaker.sends).containsExactly("a", "b", "c");
    }

    @Test
    void asManyAsATurnHolds() throws Exception {
        Speaker speaker = new Speaker();
        String large = " ".repeat(60 << 10);
        speaker.say("a" + large, "b" + large, "c" + large, "d" + large, "e" + large);

        assertThat(speaker.sends).containsExactly("a b c d", "e");
    }

    @Test
    void whatASendLeavesGoesOutNextAndBeforeAnythingElse() throws Exception {
        Speaker speaker = new Speaker();
        speaker.takes = 2;
        speaker.answers = false;
        speaker.say("a", "b", "c", "d", "e");
        speaker.say("f", "g");
        int asked = speaker.asked;
        speaker.complete(null);
        assertThat(speaker.sends).containsExactly("a b", "c d");
        assertThat(speaker.asked).as("a full socket gets nothing made ahead").isEqualTo(asked);
        speaker.complete(null);
        speaker.takes = Frames.MOST;
        speaker.complete(null);

        assertThat(speaker.sends).containsExactly("a b", "c d", "e", "f g");
    }

    @Test
    void aSocketThatTakesTheFirstOnlyGetsAllInTheirOrder() throws Exception {
        Speaker speaker = new Speaker();
        speaker.takes = 1;
        String[] words = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
        speaker.say(words);

        assertThat(speaker.sends).containsExactly(words);
    }

    /** A socket that goes meanwhile takes nothing; its end is on the way, on another thread. */
    @Test
    void aSendInFlightThatHasTakenNothingIsNoErrorOfTheServer() throws Exception {
        Speaker speaker = new Speaker();
        speaker.takes = 0;
        speaker.answers = false;
        speaker.say("a");
        speaker.takes = Frames.MOST;
        speaker.answers = true;
        speaker.complete(null);

        assertThat(speaker.sends).containsExactly("", "a");
    }

    @Test
    void aPingKeepsItsPlace() throws Exception {
        Speaker speaker = new Speaker();
        speaker.say("a", "b", "ping", "c", "ping", "ping", "d");

        assertThat(speaker.sends).containsExactly("a b", "ping", "c", "ping", "ping", "d");
    }

    @Test
    void theGoodbyeComesBehindWhatWasLeftAndTheCloseBehindIt() throws Exception {
        Speaker speaker = new Speaker();
        speaker.takes = 1;
        speaker.answers = false;
        speaker.say("a", "b");
        worker.run(() -> speaker.session.close(CloseCode.RESTART, "restart"));
        worker.settle();
        speaker.complete(null);
        assertThat(speaker.sends).containsExactly("a", "b");
        speaker.complete(null);
        assertThat(speaker.sends).containsExactly("a", "b", "bye");
        speaker.complete(null);

        assertThat(speaker.sends).containsExactly("a", "b", "bye", "close 1012");
    }

    @Test
    void aSendThatFailsEndsTheSessionWithoutWhatItLeft() throws Exception {
        Speaker speaker = new Speaker();
        speaker.takes = 1;
        speaker.answers = false;
        speaker.say("a", "b");
        speaker.complete(new IllegalStateException("broken"));

        assertThat(speaker.sends).containsExactly("a", "abort");
    }

    @Test
    void whatASessionSaidBeforeItFailedIsSentAndToNobodyElse() throws Exception {
        Speaker broken = new Speaker();
        Speaker sound = new Speaker();
        worker.run(() -> broken.fails = true);
        broken.say("a", "b");
        sound.say("x");

        assertThat(broken.sends).containsExactly("a b", "bye", "close 1011");
        assertThat(sound.sends).containsExactly("x");
    }

    @Test
    void aTransportThatTakesNothingEndsItsOwnSessionOnly() throws Exception {
        Speaker broken = new Speaker();
        Speaker sound = new Speaker();
        broken.takes = 0;
        broken.say("a");
        sound.say("x");

        assertThat(broken.sends).contains("abort");
        assertThat(sound.sends).containsExactly("x");
    }
}
