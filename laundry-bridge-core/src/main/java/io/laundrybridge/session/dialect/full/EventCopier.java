package io.laundrybridge.session.dialect.full;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import io.laundrybridge.encode.EventLayout;
import io.laundrybridge.event.Gap;
import io.laundrybridge.session.feed.Feed;
import io.laundrybridge.session.frame.FrameBuffer;
import io.laundrybridge.session.select.TurnBudget;

/** Copies the lines of events from a feed into frames. Confined to the session's worker. */
final class EventCopier {
    private final String channel;
    private final Feed feed;
    private final ChannelLines lines;
    private final TurnBudget steps;
    private long count;

    /** Copies nothing while {@code lines} wait; takes as many of {@code steps} as there are in a turn. */
    EventCopier(String channel, Feed feed, ChannelLines lines, TurnBudget steps) {
        this.channel = channel;
        this.feed = feed;
        this.lines = lines;
        this.steps = steps;
    }

    /** Returns how many events were copied or {@linkplain #sent sent} since {@link #countAnew}. */
    long count() {
        return count;
    }

    void countAnew() {
        count = 0;
    }

    /** Counts events that were sent without being copied. */
    void sent(long events) {
        count += events;
    }

    /**
     * Copies events until only {@code until} bytes of room are left; false if one did not fit, or its turn has not come
     * yet.
     */
    boolean copy(FrameBuffer frame, int until) {
        if (steps.left() == 0) {
            return !feed.hasWork();
        }
        while (steps.left() > 0 && frame.room() > until && lines.isEmpty()) {
            Run run = feed.read(Math.max(1, frame.room() - until), steps.left());
            if (run.isEmpty()) {
                break;
            }
            long end = copy(run, frame);
            feed.advance(run, end);
            if (end < run.end()) {
                return steps.left() == 0;
            }
        }
        return true;
    }

    private long copy(Run run, FrameBuffer frame) {
        for (long at = run.first(); at < run.end(); at++) {
            boolean wanted = steps.take() && feed.reader().wants(run, at, steps);
            if (!wanted && steps.left() == 0) {
                return at; // perhaps undecided
            }
            LogEntry entry = run.entry(at);
            if (wanted && !keeps(entry)) {
                int length = feed.reader().leaves(entry) ? entry.leftLength() : entry.length();
                if (!frame.takes(length)) {
                    return at;
                }
                copy(run, entry, frame);
                count++;
            }
        }
        return run.end();
    }

    /**
     * Keeps {@code entry} for the end of a frame, if it is a gap whose range the client may not learn. Among values, a
     * gap says nothing.
     */
    private boolean keeps(LogEntry entry) {
        Gap gap = entry.gap();
        if (gap == null || feed.asValues()) {
            return gap != null;
        }
        if (lines.hidesOffsets()) {
            lines.keep(gap.reason());
        }
        return lines.hidesOffsets();
    }

    private void copy(Run run, LogEntry entry, FrameBuffer frame) {
        boolean placeless = feed.inValues() || lines.hidesOffsets();
        if (feed.reader().leaves(entry)) {
            byte[] left = run.left(entry);
            frame.add(placeless ? EventLayout.withoutPlace(channel, left, 0, left.length) : left);
            return;
        }
        if (placeless) {
            int place = EventLayout.placeFrom(channel, entry.from());
            frame.add(run.bytes(), entry.from(), place);
            frame.append(run.bytes(), EventLayout.placeTo(run.bytes(), place), entry.to());
            return;
        }
        Gap gap = entry.gap();
        Gap clipped = gap == null ? null : feed.reader().clipped(gap);
        if (clipped != null && !clipped.equals(gap)) {
            frame.add(lines.gapLine(clipped));
        } else {
            frame.add(run.bytes(), entry.from(), entry.to());
        }
    }
}
