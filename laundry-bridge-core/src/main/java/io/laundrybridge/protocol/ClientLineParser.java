package io.laundrybridge.protocol;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of clients, strictly: unknown fields, wrong types and unknown ops are refused by name. Stateless. */
public final class ClientLineParser {
    /** The only compression that browsers undo by themselves and that adds nothing. */
    private static final String COMPRESSION = "deflate-raw";

    private static final String LATEST = "latest";
    /** How long an await waits if it does not say. */
    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** The beginning and the end of an answer to a beat, as clients write it. */
    private static final String BEAT = "{\"op\":\"beat\",\"n\":";

    private static final char BEAT_END = '}';
    /** So many digits always fit into a {@code long}. */
    private static final int BEAT_DIGITS = 18;

    private ClientLineParser() {}

    /**
     * Reads one line.
     *
     * @return the request, or {@link ClientLine.Refused} if it is a line of the protocol with wrong content
     * @throws NotTheProtocolException if it is not a JSON object with an {@code op}
     */
    public static ClientLine parse(String line) throws NotTheProtocolException {
        ClientLine beat = beatIfPlain(line);
        if (beat != null) {
            return beat;
        }
        ClientLine publish = PublishLineParser.parseIfPublish(line);
        return publish == null ? parse(line, ClientJson.object(line)) : publish;
    }

    private static ClientLine parse(String line, Map<String, @Nullable Object> values) throws NotTheProtocolException {
        if (!(values.get("op") instanceof String op)) {
            throw new NotTheProtocolException("a line has no 'op'; expected one like {\"op\":\"ping\",\"id\":1}");
        }
        ClientFields fields = new ClientFields(values);
        try {
            return op.equals(PublishLineParser.OP) ? PublishLineParser.parse(line) : request(op, fields);
        } catch (RefusedLineException refused) {
            return new ClientLine.Refused(fields.idIfGiven(), refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    /**
     * Returns the JSON of a filter that comes alone, as in the query of a plain client.
     *
     * @throws RefusedLineException with code {@code bad_filter} if it is not a JSON object
     */
    public static Map<String, @Nullable Object> where(String text) {
        try {
            return ClientJson.object(text);
        } catch (NotTheProtocolException e) {
            throw new RefusedLineException(
                    ErrorCode.BAD_FILTER, "'where' must be an object such as {\"gt\":[\"/temperature\",60]}");
        }
    }

    private static ClientLine request(String op, ClientFields fields) {
        return switch (op) {
            case "subscribe" -> subscribe(fields);
            case "unsubscribe" -> unsubscribe(fields);
            case "view" -> view(fields);
            case "beat" -> beat(fields);
            case "ping" -> ping(fields);
            case "auth" -> auth(fields);
            case "await" -> await(fields);
            default ->
                throw new RefusedLineException(
                        ErrorCode.UNKNOWN_OP,
                        "the op is not known; expected auth, subscribe, unsubscribe, view, await, publish, beat or"
                                + " ping");
        };
    }

    /**
     * Returns the answer to a beat in {@code line}, read without a JSON parser. Returns null if it is another line, or
     * an answer in another form.
     */
    private static ClientLine.@Nullable Beat beatIfPlain(String line) {
        int end = line.length() - 1;
        int digits = end - BEAT.length();
        if (digits < 1 || digits > BEAT_DIGITS || line.charAt(end) != BEAT_END || !line.startsWith(BEAT)) {
            return null;
        }
        long number = 0;
        for (int at = BEAT.length(); at < end; at++) {
            int digit = line.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = 10 * number + digit;
        }
        boolean padded = digits > 1 && line.charAt(BEAT.length()) == '0'; // which is no JSON
        return padded ? null : new ClientLine.Beat(number);
    }

    private static ClientLine unsubscribe(ClientFields fields) {
        fields.only("id", "ch");
        return new ClientLine.Unsubscribe(fields.number("id"), fields.text("ch"));
    }

    private static ClientLine view(ClientFields fields) {
        Long id = fields.has("id") ? fields.number("id") : null;
        if (fields.has("hidden")) {
            fields.only("id", "hidden", "onReturn");
            return new ClientLine.Hidden(id, fields.truth("hidden"), latest(fields.textIfGiven("onReturn")));
        }
        fields.only("id", "ch", "keys");
        return new ClientLine.InView(id, fields.text("ch"), fields.textsOrNull("keys"));
    }

    private static ClientLine beat(ClientFields fields) {
        fields.only("n");
        return new ClientLine.Beat(fields.number("n"));
    }

    private static ClientLine ping(ClientFields fields) {
        fields.only("id");
        return new ClientLine.Ping(fields.number("id"));
    }

    private static ClientLine await(ClientFields fields) {
        fields.only("id", "ch", "at", "within");
        return new ClientLine.Await(
                fields.number("id"),
                fields.text("ch"),
                AwaitAtParser.parse(fields.text("at")),
                fields.has("within") ? Interval.WITHIN.millis(fields.number("within")) : WITHIN);
    }

    private static ClientLine auth(ClientFields fields) {
        fields.only("id", "token");
        return new ClientLine.Auth(fields.number("id"), fields.text("token"));
    }

    private static ClientLine subscribe(ClientFields fields) {
        fields.only(
                "id",
                "ch",
                "from",
                "else",
                "keys",
                "where",
                "every",
                "flush",
                "compress",
                "view",
                "until",
                "pace",
                "lead");
        StartFrom from = start(fields.textIfGiven("from"));
        return new ClientLine.Subscribe(
                fields.number("id"),
                fields.text("ch"),
                from,
                start(fields.textIfGiven("else")),
                fields.texts("keys"),
                fields.objectIfGiven("where"),
                interval(Interval.EVERY, fields),
                interval(Interval.FLUSH, fields),
                compress(fields.textIfGiven("compress")),
                fields.has("view") ? new ClientLine.InView(null, fields.text("ch"), fields.textsOrNull("view")) : null,
                TravelParser.parse(fields, from));
    }

    private static Duration interval(Interval interval, ClientFields fields) {
        return fields.has(interval.field()) ? interval.millis(fields.number(interval.field())) : Duration.ZERO;
    }

    private static boolean compress(@Nullable String way) {
        if (way != null && !way.equals(COMPRESSION)) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST,
                    "'compress' must be \"" + COMPRESSION + "\"; no other compression is offered");
        }
        return way != null;
    }

    private static boolean latest(@Nullable String onReturn) {
        if (onReturn != null && !onReturn.equals(LATEST)) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST,
                    "'onReturn' must be \"" + LATEST + "\"; leave it out to get every missed event");
        }
        return onReturn != null;
    }

    private static @Nullable StartFrom start(@Nullable String text) {
        return text == null ? null : StartFromParser.parse(text);
    }
}
