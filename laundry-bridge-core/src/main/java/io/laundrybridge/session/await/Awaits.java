package io.laundrybridge.session.await;

import static io.laundrybridge.config.LimitSettings.AWAITS;

import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.ErrorCode;
import io.laundrybridge.protocol.RefusedLineException;
import io.laundrybridge.session.endpoint.SubscriptionMemory;
import io.laundrybridge.session.place.PlaceOwner;
import io.laundrybridge.session.place.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The places that the client of one session waits for, up to a limit. Confined to the session's worker. */
public final class Awaits {
    private final int most;
    private final SubscriptionMemory memory;
    private final Refusals refusals;
    private final List<Awaited> waiting = new ArrayList<>();

    /** Answers a request that fails. */
    @FunctionalInterface
    public interface Refusals {
        void answer(Long id, ErrorCode code, String message);
    }

    /**
     * Starts without any.
     *
     * @param most the most at once
     * @param memory counts their memory
     * @param refusals answers the ones that fail
     */
    public Awaits(int most, SubscriptionMemory memory, Refusals refusals) {
        this.most = most;
        this.memory = memory;
        this.refusals = refusals;
    }

    /**
     * Waits for the place of {@code line} from {@code now} on.
     *
     * @param owner the reader of the channel that the client is
     * @param epoch of the channel's stream; null if it is unknown
     * @throws RefusedLineException if too many wait, or it is no place of {@code owner}
     */
    public void add(ClientLine.Await line, Places places, PlaceOwner owner, @Nullable String epoch, long now) {
        if (waiting.size() >= most) {
            throw new RefusedLineException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a session waits for at most " + most + " places at once; wait for answers, or have the operator"
                            + " raise " + AWAITS);
        }
        AwaitedPlace place = AwaitedPlace.of(line.at(), places, owner, epoch);
        memory.change(0, place.bytes());
        waiting.add(new Awaited(
                line.id(), line.channel(), place, now + line.within().toNanos()));
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns the ones that wait for a place of {@code channel}, in the order in which they came. */
    List<Awaited> of(String channel) {
        return waiting.stream().filter(each -> each.channel().equals(channel)).toList();
    }

    /** Forgets {@code done}, which has been answered. */
    void remove(Awaited done) {
        if (waiting.remove(done)) {
            memory.change(done.place().bytes(), 0);
        }
    }

    /** Refuses {@code failed}. */
    void refuse(Awaited failed, ErrorCode code, String message) {
        remove(failed);
        refusals.answer(failed.id(), code, message);
    }

    /** Refuses the ones whose channel {@code subscribed} does not have any more. */
    public void endUnless(Predicate<String> subscribed) {
        for (Awaited each : List.copyOf(waiting)) {
            if (!subscribed.test(each.channel())) {
                refuse(each, ErrorCode.BAD_REQUEST, "the subscription to that channel has ended");
            }
        }
    }

    /** Refuses the ones of which {@code now} is the deadline. */
    public void expire(long now) {
        for (Awaited each : List.copyOf(waiting)) {
            if (now - each.deadline() >= 0) {
                refuse(each, ErrorCode.SOURCE_UNAVAILABLE, "the channel has not come as far in time; try again");
            }
        }
    }

    /** Forgets all, with the session. */
    public void clear() {
        List.copyOf(waiting).forEach(this::remove);
    }
}
