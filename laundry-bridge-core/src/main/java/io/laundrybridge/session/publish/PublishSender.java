package io.laundrybridge.session.publish;

import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.publish.Publish;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The publishes of one session: its allowance, and its requests in their order. For the session's worker. */
public final class PublishSender {
    private final Publishing publishing;
    private final PublishRate rate;
    private final PublishLane lane;
    private final AtomicInteger pending = new AtomicInteger();

    PublishSender(Publishing publishing, PublishRate rate, PublishLane lane) {
        this.publishing = publishing;
        this.rate = rate;
        this.lane = lane;
    }

    /**
     * Counts a publish of {@code bytes} bytes by {@code user}, before anything else is done for it.
     *
     * @param user the user's name, or what else tells users apart
     * @throws RefusedLineException {@code limit_exceeded} if that is too much, {@code value_too_large}
     */
    public void count(String user, int bytes) {
        publishing.count(rate, user);
        int most = publishing.limits().bytes();
        if (bytes > most) {
            throw new RefusedLineException(
                    ErrorCode.VALUE_TOO_LARGE,
                    "the value has " + bytes + " bytes; at most " + most + " are taken, so send a shorter one");
        }
    }

    /**
     * Takes {@code publish}, whose caller may publish.
     *
     * @param answer takes the outcome, once, on any thread
     * @throws RefusedLineException if it is not taken; then there is no outcome
     */
    public void take(Publish publish, Consumer<PublishOutcome> answer) {
        int most = publishing.limits().sessionPending();
        if (pending.get() >= most) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    most + " publishes of this session wait for their answer already; wait for some of them");
        }
        pending.incrementAndGet();
        boolean taken = false;
        try {
            publishing.take(publish, lane, outcome -> {
                pending.decrementAndGet();
                answer.accept(outcome);
            });
            taken = true;
        } finally {
            if (!taken) {
                pending.decrementAndGet();
            }
        }
    }
}
