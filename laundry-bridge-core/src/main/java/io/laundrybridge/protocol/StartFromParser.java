package io.laundrybridge.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads {@code from} strings: {@code live}, {@code last:100}, {@code since:PT5M}, {@code at:POSITION} and so on. */
public final class StartFromParser {
    private static final String AT = "at:";
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}|0");
    /** Milliseconds since 1970, as in events; fewer digits would be seconds by mistake. */
    private static final Pattern MILLIS = Pattern.compile("[0-9]{12,15}");

    private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9.]+");
    private static final Pattern BLANK_ZONE = Pattern.compile("[0-9T:.-]{10,40} [0-9]{2}:[0-9]{2}");
    private static final Pattern WITHOUT_ZONE =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.,]*)?(?:[+-][0-9]{2,4})?");

    private StartFromParser() {}

    /**
     * Reads {@code text}.
     *
     * @throws RefusedLineException if it has none of the forms; the code is {@code bad_position} for a wrong
     *     position
     */
    public static StartFrom parse(String text) {
        return switch (text) {
            case "live" -> new StartFrom.Live();
            case "earliest" -> new StartFrom.Earliest();
            case "snapshot" -> new StartFrom.Snapshot();
            default -> withArgument(text);
        };
    }

    /**
     * Reads {@code text}, the end of a subscription: a time as in {@code since}, or {@code at:POSITION}.
     *
     * @throws RefusedLineException if it is neither; the code is {@code bad_position} for a wrong position
     */
    static StartFrom until(String text) {
        if (text.startsWith(AT)) {
            return at(text.substring(AT.length()));
        }
        try {
            return since(text);
        } catch (RefusedLineException e) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST,
                    "'until' is not understood; expected 2026-11-23T10:00:00Z, milliseconds since 1970, PT5M or"
                            + " at:POSITION");
        }
    }

    private static StartFrom withArgument(String text) {
        int colon = text.indexOf(':');
        String form = colon < 0 ? text : text.substring(0, colon);
        String argument = text.substring(colon + 1);
        return switch (form) {
            case "last" -> last(argument);
            case "since" -> since(argument);
            case "at" -> at(argument);
            default -> throw unknown();
        };
    }

    private static StartFrom last(String argument) {
        if (!COUNT.matcher(argument).matches()) {
            throw unknown();
        }
        return new StartFrom.Last(Integer.parseInt(argument));
    }

    private static StartFrom since(String argument) {
        try {
            if (argument.startsWith("P") || argument.startsWith("p")) {
                return new StartFrom.Ago(Duration.parse(argument).abs());
            }
            return new StartFrom.Since(
                    MILLIS.matcher(argument).matches()
                            ? Instant.ofEpochMilli(Long.parseLong(argument))
                            : Instant.ofEpochMilli(
                                    Instant.parse(withPlus(argument)).toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            throw new RefusedLineException(ErrorCode.BAD_REQUEST, cure(argument));
        }
    }

    /** In a query that was not encoded, the plus before the zone became a blank. */
    private static String withPlus(String time) {
        return BLANK_ZONE.matcher(time).matches() ? time.replace(' ', '+') : time;
    }

    private static String cure(String argument) {
        if (WITHOUT_ZONE.matcher(argument).matches()) {
            return "a time in 'since' needs its zone: since:2026-11-23T10:00:00Z, or +01:00 for Z (%2B01:00 in a"
                    + " query)";
        }
        return SHORT_NUMBER.matcher(argument).matches()
                ? "a number in 'since' is milliseconds since 1970, of 12 digits or more, such as since:1795158903123"
                : "'since' is not understood; expected PT5M, 2026-11-23T10:00:00Z or milliseconds since 1970";
    }

    private static StartFrom at(String argument) {
        return SealedPlace.isSealed(argument)
                ? new StartFrom.Sealed(SealedPlace.parse(argument))
                : PositionParser.parse(argument)
                        .<StartFrom>map(StartFrom.At::new)
                        .orElseThrow(SealedPlace::refusal);
    }

    private static RefusedLineException unknown() {
        return new RefusedLineException(
                ErrorCode.BAD_REQUEST,
                "'from' is not understood; expected live, snapshot, earliest, last:100, since:PT5M or at:POSITION");
    }
}
