package io.laundrybridge.benchmark.load;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place of one client: the next number of each stream, and the position in our protocol. */
final class Place {
    private static final long UNKNOWN = -1;
    private static final Pattern POSITION = Pattern.compile("\"at\":\"([^:\"]+):([^\"]*)\"");
    private static final Pattern GAP =
            Pattern.compile("\"p\":\"(\\d+)\",\"from\":\"\\d+@(\\d+)[^\"]*\",\"to\":\"\\d+@(\\d+)");

    private final long[] next;
    private final boolean numbersAreOffsets;
    private String head = "";

    Place(int streams, boolean numbersAreOffsets) {
        next = new long[streams];
        Arrays.fill(next, UNKNOWN);
        this.numbersAreOffsets = numbersAreOffsets;
    }

    /** Takes an event; counts missing and late events that it reveals. */
    void event(long sequence, int stream, Tally tally) {
        long expected = next[stream];
        if (sequence == expected || expected == UNKNOWN) {
            next[stream] = sequence + 1;
        } else if (sequence > expected) {
            tally.missing += sequence - expected;
            next[stream] = sequence + 1;
        } else {
            tally.late++;
        }
    }

    /** Takes a gap line: its events count as announced. */
    void gap(String line, Tally tally) {
        Matcher gap = GAP.matcher(line);
        if (!gap.find()) {
            return;
        }
        long from = Long.parseLong(gap.group(2));
        long to = Long.parseLong(gap.group(3));
        tally.announced += to - from;
        if (!numbersAreOffsets) {
            Arrays.fill(next, UNKNOWN);
            return;
        }
        int stream = Integer.parseInt(gap.group(1));
        if (next[stream] >= from) {
            next[stream] = Math.max(next[stream], to);
        }
    }

    /** Takes a line that gives a whole position. */
    void position(String line) {
        Matcher position = POSITION.matcher(line);
        if (position.find()) {
            head = position.group(1);
        }
    }

    /** Returns the next number of a stream. */
    long next(int stream) {
        return next[stream];
    }

    /** Goes back by {@code events}, but not below the first, as if it had not received them. */
    void goBack(long events) {
        for (int stream = 0; stream < next.length; stream++) {
            next[stream] = Math.max(0, next[stream] - events);
        }
    }

    /** Returns the position to resume from. Offsets are the events' numbers, because the topic has no other records. */
    String position() {
        StringBuilder position = new StringBuilder(head).append(':');
        for (int stream = 0; stream < next.length; stream++) {
            position.append(stream == 0 ? "" : ",").append(stream).append('@').append(Math.max(0, next[stream]));
        }
        return position.toString();
    }
}
