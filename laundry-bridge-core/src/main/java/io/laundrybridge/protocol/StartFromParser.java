package io.laundrybridge.protocol;

import io.laundrybridge.event.PositionParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads {@code from} strings: {@code live}, {@code last:100}, {@code since:PT5M}, {@code at:POSITION} and so on. */
public final class StartFromParser {
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}|0");

    private StartFromParser() {}

    /**
     * Reads {@code text}.
     *
     * @throws RefusedLineException if it is none of the forms; the code is {@code bad_position} for a wrong position
     */
    public static StartFrom parse(String text) {
        return switch (text) {
            case "live" -> new StartFrom.Live();
            case "earliest" -> new StartFrom.Earliest();
            case "snapshot" -> new StartFrom.Snapshot();
            default -> withArgument(text);
        };
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
            return argument.startsWith("P")
                    ? new StartFrom.Ago(Duration.parse(argument).abs())
                    : new StartFrom.Since(
                            Instant.ofEpochMilli(Instant.parse(argument).toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            throw unknown();
        }
    }

    private static StartFrom at(String argument) {
        return PositionParser.parse(argument)
                .<StartFrom>map(StartFrom.At::new)
                .orElseThrow(() -> new RefusedLineException(
                        ErrorCode.BAD_POSITION,
                        "'from' holds no position; send one exactly as the server gave it, or start from live"));
    }

    private static RefusedLineException unknown() {
        return new RefusedLineException(
                ErrorCode.BAD_REQUEST,
                "'from' is not understood; expected live, snapshot, earliest, last:100, since:PT5M or at:POSITION");
    }
}
