package io.laundrybridge.functional;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads fields from lines for tests. */
final class Wire {
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
    private static final Pattern AT = Pattern.compile("\"at\":\"([^:\"]+):([^\"]*)\"");

    private Wire() {}

    /** Returns the numbers that {@code Laundry.publish} put into events. */
    static List<Integer> numbers(List<String> events) {
        return events.stream().map(Wire::number).toList();
    }

    static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** Returns the head of the position in {@code line}. */
    static String head(String line) {
        return at(line).group(1);
    }

    /** Returns the vector of the position in {@code line}. */
    static String vector(String line) {
        return at(line).group(2);
    }

    private static Matcher at(String line) {
        Matcher at = AT.matcher(line);
        if (!at.find()) {
            throw new AssertionError("no position in " + line);
        }
        return at;
    }

    static int number(String event) {
        Matcher number = NUMBER.matcher(event);
        if (!number.find()) {
            throw new AssertionError("no number in " + event);
        }
        return Integer.parseInt(number.group(1));
    }
}
