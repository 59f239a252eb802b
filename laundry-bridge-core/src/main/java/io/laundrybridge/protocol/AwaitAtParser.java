package io.laundrybridge.protocol;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the {@code at} of an {@code await}: places of records as an {@code ack} has them, such as
 * {@code 2@77.3,0@12}, or a position. Strict, and within bounds. Stateless.
 */
final class AwaitAtParser {
    private static final Pattern RECORD =
            Pattern.compile("(0|[1-9][0-9]{0,4})@(0|[1-9][0-9]{0,17})(?:\\.(?:0|[1-9][0-9]{0,9}))?");

    private AwaitAtParser() {}

    /**
     * Reads {@code text}.
     *
     * @throws RefusedLineException with code {@code bad_position} if it has none of the forms
     */
    static AwaitAt parse(String text) {
        if (SealedPlace.isSealed(text)) {
            return new AwaitAt.Sealed(SealedPlace.parse(text));
        }
        return text.indexOf(':') < 0
                ? records(text)
                : PositionParser.parse(text).<AwaitAt>map(AwaitAt.Before::new).orElseThrow(AwaitAtParser::refusal);
    }

    /** Returns what makes a page see these records. Of two in one partition the later counts. */
    private static AwaitAt records(String text) {
        SortedMap<Integer, Long> next = new TreeMap<>();
        for (String record : text.split(",", -1)) {
            Matcher parts = RECORD.matcher(record);
            if (!parts.matches() || Integer.parseInt(parts.group(1)) >= PositionParser.MAX_PARTITIONS) {
                throw refusal();
            }
            next.merge(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)) + 1, Math::max);
        }
        return new AwaitAt.Records(next);
    }

    private static RefusedLineException refusal() {
        return new RefusedLineException(
                ErrorCode.BAD_POSITION,
                "'at' holds no place; send the 'at' of an ack such as 2@77.3, or a position as the server gave it");
    }
}
