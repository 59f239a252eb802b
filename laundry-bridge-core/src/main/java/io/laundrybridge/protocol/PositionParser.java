package io.laundrybridge.protocol;

import io.laundrybridge.event.PositionVector;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads positions of clients: strictly, within bounds, and without trusting a digit. Stateless. */
public final class PositionParser {

    /** The most partitions of a position; none may have this number or a higher one. */
    public static final int MAX_PARTITIONS = 10_000;

    private static final Pattern HEAD =
            Pattern.compile("([0-9A-Za-z_-]{1,32})\\.([0-9a-z]{1,9})(?:\\.([0-9A-Za-z_-]{11}))?");
    private static final Pattern ENTRY =
            Pattern.compile("(0|[1-9][0-9]{0,4})@(0|[1-9][0-9]{0,18})(?:\\.(0|[1-9][0-9]{0,9}))?");

    private PositionParser() {}

    /** Returns the position in {@code text}, or empty if it is not one. */
    public static Optional<Position> parse(String text) {
        int colon = text.indexOf(':');
        Matcher head = HEAD.matcher(colon < 0 ? text : text.substring(0, colon));
        if (colon < 0 || !head.matches()) {
            return Optional.empty();
        }
        Instant issuedAt = Instant.ofEpochSecond(Long.parseLong(head.group(2), 36));
        String tag = head.group(3) == null ? "" : head.group(3);
        return vector(text.substring(colon + 1)).map(vector -> new Position(head.group(1), issuedAt, tag, vector));
    }

    private static Optional<PositionVector> vector(String text) {
        if (text.isEmpty()) {
            return Optional.of(PositionVector.ORIGIN);
        }
        long[] next = new long[0];
        int[] epochs = new int[0];
        BitSet named = new BitSet();
        for (String entry : text.split(",", -1)) {
            Matcher parts = ENTRY.matcher(entry);
            if (!parts.matches()) {
                return Optional.empty();
            }
            int partition = Integer.parseInt(parts.group(1));
            long offset = longOrMinusOne(parts.group(2));
            long epoch = parts.group(3) == null ? PositionVector.NO_EPOCH : Long.parseLong(parts.group(3));
            if (partition >= MAX_PARTITIONS || named.get(partition) || offset < 0 || epoch > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            named.set(partition);
            if (partition >= next.length) {
                int known = next.length;
                next = Arrays.copyOf(next, partition + 1);
                epochs = Arrays.copyOf(epochs, partition + 1);
                Arrays.fill(epochs, known, partition + 1, PositionVector.NO_EPOCH);
            }
            next[partition] = offset;
            epochs[partition] = (int) epoch;
        }
        return Optional.of(PositionVector.of(next, epochs));
    }

    private static long longOrMinusOne(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException beyondLong) {
            return -1;
        }
    }
}
