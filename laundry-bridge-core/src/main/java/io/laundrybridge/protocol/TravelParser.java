package io.laundrybridge.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the fields with which a subscription plays the past: {@code pace}, {@code until}, {@code lead}. Stateless. */
final class TravelParser {
    private static final int FASTEST = 16;
    private static final Duration LONGEST_LEAD = Duration.ofDays(1);

    private TravelParser() {}

    /**
     * Reads the fields of a subscribe that starts at {@code from}.
     *
     * @throws RefusedLineException if one is wrong; the code is {@code bad_position} for a wrong position
     */
    static Travel parse(ClientFields fields, @Nullable StartFrom from) {
        return new Travel(
                fields.has("pace") ? pace(fields) : null, until(fields.textIfGiven("until")), lead(fields, from));
    }

    private static int pace(ClientFields fields) {
        long pace = fields.number("pace");
        if (pace > FASTEST) {
            throw refused("'pace' must be a whole number from 0, which stands still, to " + FASTEST
                    + "; leave it out to go as fast as possible");
        }
        return (int) pace;
    }

    private static @Nullable StartFrom until(@Nullable String text) {
        return text == null ? null : StartFromParser.until(text);
    }

    private static Duration lead(ClientFields fields, @Nullable StartFrom from) {
        String text = fields.textIfGiven("lead");
        if (text == null) {
            return Duration.ZERO;
        }
        if (!(from instanceof StartFrom.Since || from instanceof StartFrom.Ago || resumes(from))) {
            throw refused("'lead' needs a start in the past; add 'from' with since:TIME or at:POSITION");
        }
        Duration lead = duration(text);
        if (lead.isNegative() || lead.compareTo(LONGEST_LEAD) > 0) {
            throw refused("'lead' must be from PT0S to P1D");
        }
        return lead;
    }

    private static boolean resumes(@Nullable StartFrom from) {
        return from != null && from.resumes();
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw refused("'lead' must be a duration such as PT5M");
        }
    }

    private static RefusedLineException refused(String message) {
        return new RefusedLineException(ErrorCode.BAD_REQUEST, message);
    }
}
