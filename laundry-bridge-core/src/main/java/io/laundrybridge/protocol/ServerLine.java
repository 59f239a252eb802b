package io.laundrybridge.protocol;

import io.laundrybridge.event.Gap;
import io.laundrybridge.event.GapReason;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.event.ResetReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The control lines of the server, each as the UTF-8 bytes of one JSON object without a line end. Stateless. */
public final class ServerLine {
    private static final String BOOKMARK = "{\"op\":\"bookmark\",\"ch\":\"";

    private ServerLine() {}

    /** Returns the first line of a session; {@code expires} is when its user's credential runs out, or null. */
    public static byte[] welcome(
            String session,
            long heartbeatMillis,
            String auth,
            @Nullable Instant expires,
            List<String> features,
            Map<String, Long> limits) {
        return JsonLine.op("welcome")
                .with("session", session)
                .with("heartbeat", heartbeatMillis)
                .with("auth", auth)
                .with("expires", millis(expires))
                .with("features", features)
                .with("limits", limits)
                .bytes();
    }

    /** Returns the line that a token was accepted, which runs out at {@code expires}; null if it does not. */
    public static byte[] authenticated(long id, @Nullable Instant expires) {
        return JsonLine.op("authenticated")
                .with("id", id)
                .with("expires", millis(expires))
                .bytes();
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** Returns a heartbeat, to be answered with the same number. */
    public static byte[] beat(long n) {
        return JsonLine.op("beat").with("n", n).bytes();
    }

    /** Returns the line that delivery starts at {@code at}. */
    public static byte[] subscribed(long id, String channel, String at, boolean recovered) {
        return JsonLine.op("subscribed")
                .with("id", id)
                .with("ch", channel)
                .with("at", at)
                .with("recovered", recovered)
                .bytes();
    }

    /** Returns the line that catch-up is over. */
    public static byte[] live(String channel) {
        return JsonLine.op("live").with("ch", channel).bytes();
    }

    /** Returns the line that matching events may be missing. */
    public static byte[] gap(String channel, Gap gap) {
        return JsonLine.op("gap")
                .with("ch", channel)
                .with("p", Integer.toString(gap.partition()))
                .with("from", place(gap.partition(), gap.from(), gap.fromEpoch()))
                .with("to", place(gap.partition(), gap.to(), gap.toEpoch()))
                .with("reason", gap.reason().code())
                .bytes();
    }

    /** Returns the line that matching events may be missing, for a client that may not learn where. */
    public static byte[] gap(String channel, GapReason reason) {
        return JsonLine.op("gap")
                .with("ch", channel)
                .with("reason", reason.code())
                .bytes();
    }

    /** Returns the line that everything delivered is void. */
    public static byte[] reset(String channel, ResetReason reason, String at) {
        return JsonLine.op("reset")
                .with("ch", channel)
                .with("reason", reason.code())
                .with("at", at)
                .bytes();
    }

    /**
     * Returns the line that every match before {@code at} has been sent. Restricted sessions get one with every frame,
     * so it is written without a generator; names of channels and places need no escapes.
     */
    public static byte[] bookmark(String channel, String at) {
        return (BOOKMARK + channel + "\",\"at\":\"" + at + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the line that a paced subscription shows the time {@code millis}, at {@code at}. */
    public static byte[] clock(String channel, long millis, String at) {
        return JsonLine.op("clock")
                .with("ch", channel)
                .with("ts", millis)
                .with("at", at)
                .bytes();
    }

    /** Returns the line that a subscription stands still at {@code at}; {@code millis} is what it shows, or null. */
    public static byte[] paused(String channel, @Nullable Long millis, String at) {
        return JsonLine.op("paused")
                .with("ch", channel)
                .with("ts", millis)
                .with("at", at)
                .bytes();
    }

    /** Returns the line before the newest values of all keys, which come in any order. */
    public static byte[] snapshotBegin(String channel) {
        return JsonLine.op("snapshot")
                .with("ch", channel)
                .with("state", "begin")
                .bytes();
    }

    /** Returns the line after the newest values of all keys; {@code count} is their number. */
    public static byte[] snapshotEnd(String channel, String at, long count) {
        return JsonLine.op("snapshot")
                .with("ch", channel)
                .with("state", "end")
                .with("at", at)
                .with("count", count)
                .bytes();
    }

    /** Returns the line that the source is behind or unreachable. */
    public static byte[] stale(String channel, Instant since, String reason) {
        return JsonLine.op("status")
                .with("ch", channel)
                .with("state", "stale")
                .with("since", since.toEpochMilli())
                .with("reason", reason)
                .bytes();
    }

    /** Returns the line that the source works again. */
    public static byte[] fresh(String channel) {
        return JsonLine.op("status").with("ch", channel).with("state", "fresh").bytes();
    }

    /**
     * Returns the line that a subscription ended; {@code id} is that of the request, or null if the server ended it.
     */
    public static byte[] unsubscribed(@Nullable Long id, String channel, String reason) {
        return JsonLine.op("unsubscribed")
                .withId(id)
                .with("ch", channel)
                .with("reason", reason)
                .bytes();
    }

    /** Returns the line that publish {@code id} is stored at the place {@code at}. */
    public static byte[] ack(long id, String at) {
        return JsonLine.op("ack").with("id", id).with("at", at).bytes();
    }

    /** Returns the line that a request failed; {@code id} is that of the request, or null if it had none. */
    public static byte[] error(@Nullable Long id, ErrorCode code, String message) {
        return error(id, code, message, code.retry());
    }

    /** Returns the line that a request failed; {@code retry} says whether it may succeed later. */
    public static byte[] error(@Nullable Long id, ErrorCode code, String message, boolean retry) {
        return JsonLine.op("error")
                .withId(id)
                .with("code", code.code())
                .with("message", message)
                .with("retry", retry)
                .bytes();
    }

    /** Returns the answer to an await: everything up to its place has been sent. */
    public static byte[] reached(long id, String channel) {
        return JsonLine.op("reached").with("id", id).with("ch", channel).bytes();
    }

    /** Returns the answer to a ping. */
    public static byte[] pong(long id) {
        return JsonLine.op("pong").with("id", id).bytes();
    }

    /** Returns the last line before the server closes for its own reasons. */
    public static byte[] bye(CloseCode code, long retryAfterMillis) {
        return JsonLine.op("bye")
                .with("code", code.code())
                .with("retryAfter", retryAfterMillis)
                .bytes();
    }

    private static String place(int partition, long offset, int epoch) {
        return partition + "@" + offset + (epoch == PositionVector.NO_EPOCH ? "" : "." + epoch);
    }

    /**
     * Gathers the fields of one JSON object, in the order given, and then writes them. All writing is in one large,
     * rarely executed method, so that compilers do not inline it into the path of a delivery.
     */
    private static final class JsonLine {
        private static final JsonFactory FACTORY = new JsonFactory();

        private final List<Field> fields = new ArrayList<>();

        private record Field(String name, @Nullable Object value) {}

        private JsonLine() {}

        static JsonLine op(String op) {
            return new JsonLine().with("op", op);
        }

        /** Adds a field with text, a whole number, a boolean, null, or a list or map of these. */
        JsonLine with(String name, @Nullable Object value) {
            fields.add(new Field(name, value));
            return this;
        }

        JsonLine withId(@Nullable Long id) {
            return id == null ? this : with("id", id);
        }

        byte[] bytes() {
            ByteArrayOutputStream out = new ByteArrayOutputStream(128);
            try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                json.writeStartObject();
                for (Field field : fields) {
                    json.writeName(field.name());
                    write(json, field.value());
                }
                json.writeEndObject();
            }
            return out.toByteArray();
        }

        private static void write(JsonGenerator json, @Nullable Object value) {
            if (value instanceof String text) {
                json.writeString(text);
            } else if (value instanceof Number whole) {
                json.writeNumber(whole.longValue());
            } else if (value instanceof Boolean truth) {
                json.writeBoolean(truth);
            } else if (value instanceof List<?> values) {
                json.writeStartArray();
                values.forEach(each -> write(json, each));
                json.writeEndArray();
            } else if (value instanceof Map<?, ?> values) {
                json.writeStartObject();
                values.forEach((name, each) -> {
                    json.writeName(String.valueOf(name));
                    write(json, each);
                });
                json.writeEndObject();
            } else if (value == null) {
                json.writeNull();
            } else {
                throw new IllegalArgumentException("A control line cannot contain " + value.getClass());
            }
        }
    }
}
