package io.laundrybridge.session.wake;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.channel.ChannelState;
import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.reader.LogReader;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one worker that gather the events of one channel for the same interval. Nothing looks at them between
 * two ticks. At a tick all may read up to the same place, so that they share its bytes.
 *
 * <p>Ticks are multiples of the interval on the host's clock, the same for every worker. If the work of a tick lasts
 * beyond the next multiple, the next tick follows at once. Confined to its worker.
 */
public final class FlushGroup implements Runnable {
    private final WorkerThread worker;
    private final EndpointContext context;
    private final Channel channel;
    private final long interval;
    private final Timers.Alarm tick;
    private final Runnable onTick;
    private final Set<Interest> interests = new LinkedHashSet<>();
    /** The same, for the next tick: a walk through them touches less memory. Null if they have changed. */
    private Interest @Nullable [] inOrder;

    private ChannelState state;
    private @Nullable ChannelLog log;
    private long end;
    private long endBefore;
    private boolean ticks;

    /**
     * Makes a group that flushes every {@code interval} nanoseconds, if there is something new.
     *
     * @param onTick called at each tick before anything is read
     */
    FlushGroup(WorkerThread worker, EndpointContext context, Channel channel, long interval, Runnable onTick) {
        this.worker = worker;
        this.tick = worker.alarms().alarm(this);
        this.context = context;
        this.channel = channel;
        this.interval = interval;
        this.onTick = onTick;
        this.state = channel.state();
        follow(state);
    }

    void add(Interest interest) {
        interests.add(interest);
        inOrder = null;
    }

    void remove(Interest interest) {
        if (interests.remove(interest)) {
            inOrder = null;
        }
    }

    /** Closes the group, because no session gathers here any more. */
    void close() {
        tick.cancel();
    }

    boolean isEmpty() {
        return interests.isEmpty();
    }

    /** Lets {@code reader}, which is live, read flushed events. */
    public void hold(LogReader reader) {
        if (reader.log() == log) {
            reader.upTo(end, endBefore);
        } else {
            reader.upTo(Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    /** Handles a change of the channel. A tick flushes it, or it is flushed at once if it must not wait. */
    void changed() {
        ChannelState now = channel.state();
        if (!now.equals(state)) {
            follow(now);
            flush();
        } else if (log == null || log.head() <= end) {
            return;
        } else if (!quietPeriod(log).coversNow()) {
            flush();
        } else if (!ticks) {
            long time = context.nanoTime();
            tick.within(interval - Math.floorMod(time, interval));
            ticks = true;
        }
    }

    /** Returns what may come without waking this group before its tick; null if there will be no tick. */
    public @Nullable QuietPeriod quietPeriod() {
        ChannelLog present = log;
        if (present == null) {
            return QuietPeriod.without(channel, state);
        }
        return ticks ? quietPeriod(present) : null;
    }

    private QuietPeriod quietPeriod(ChannelLog present) {
        return new QuietPeriod(channel, state, present, end, context.limits().batchBytes());
    }

    /** Runs at a tick. */
    @Override
    public void run() {
        long began = context.nanoTime();
        onTick.run();
        ticks = false;
        flush();
        if (log != null && log.head() > end && multiple(context.nanoTime()) > multiple(began)) {
            ticks = true;
            worker.tasks().execute(this); // behind tasks that wait: they have waited for long
        }
    }

    private long multiple(long time) {
        return Math.floorDiv(time, interval);
    }

    /** Flushes. Events since the last tick are no lag; an older entry is. */
    private void flush() {
        endBefore = end;
        end = log == null ? 0 : log.head();
        Interest[] all = inOrder;
        if (all == null) {
            all = interests.toArray(new Interest[0]);
            inOrder = all;
        }
        for (Interest interest : all) {
            interest.pump();
        }
    }

    private void follow(ChannelState now) {
        if (!Objects.equals(log, now.log())) {
            log = now.log();
            end = log == null ? 0 : log.head();
        }
        state = now;
    }
}
