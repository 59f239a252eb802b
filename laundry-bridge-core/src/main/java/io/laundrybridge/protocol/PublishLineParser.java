package io.laundrybridge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads publishes. Their value {@code v} is taken as the client wrote it, so that numbers keep their digits. Its
 * content is checked later, when its bounds are known: a wrong value fails one request and closes no session.
 * Stateless.
 */
final class PublishLineParser {
    static final String OP = "publish";

    private static final String VALUE = "v";
    private static final int LONGEST_NUMBER = 20;
    private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    /** The length of a message bounds everything; nothing here is read by recursion. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private PublishLineParser() {}

    /** Returns the publish in {@code line}; null if it is a line of another kind, or no JSON at all. */
    static @Nullable ClientLine parseIfPublish(String line) throws NotTheProtocolException {
        if (!line.contains('"' + OP + '"')) {
            return null;
        }
        Map<String, @Nullable Object> values = values(line);
        return OP.equals(values.get("op")) ? publish(new ClientFields(values)) : null;
    }

    /** Returns the publish in {@code line}, whose {@code op} is known. */
    static ClientLine parse(String line) throws NotTheProtocolException {
        return publish(new ClientFields(values(line)));
    }

    private static Map<String, @Nullable Object> values(String line) throws NotTheProtocolException {
        return ClientJson.object(line, FACTORY, PublishLineParser::fields);
    }

    private static Map<String, @Nullable Object> fields(JsonParser json, byte[] bytes) throws NotTheProtocolException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (fields.containsKey(name)) {
                throw new NotTheProtocolException("a line has a field twice");
            }
            fields.put(name, name.equals(VALUE) ? raw(json, bytes) : scalar(json));
        }
        return fields;
    }

    /** Returns the bytes of the present value, without blanks around it. */
    private static byte[] raw(JsonParser json, byte[] bytes) {
        long from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        return Arrays.copyOfRange(
                bytes, (int) from, (int) json.currentLocation().getByteOffset());
    }

    /** Returns the present value; an empty list in place of anything that no other field has. */
    private static @Nullable Object scalar(JsonParser json) {
        boolean wrong = json.currentToken().isStructStart()
                || (json.currentToken().isNumeric() && json.getStringLength() > LONGEST_NUMBER);
        json.skipChildren();
        return wrong ? List.of() : ClientJson.value(json);
    }

    private static ClientLine publish(ClientFields fields) {
        try {
            fields.only("id", "mid", "ch", "k", VALUE);
            return new ClientLine.Publish(
                    fields.number("id"),
                    messageId(fields.text("mid")),
                    fields.text("ch"),
                    key(fields.textIfGiven("k")),
                    fields.bytes(VALUE));
        } catch (RefusedLineException refused) {
            return new ClientLine.Refused(fields.idIfGiven(), refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private static String messageId(String text) {
        if (!MESSAGE_ID.matcher(text).matches()) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST, "'mid' must have 1 to 64 of A-Z a-z 0-9 _ -, for example a UUID");
        }
        return text;
    }

    private static @Nullable String key(@Nullable String text) {
        if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new RefusedLineException(
                    ErrorCode.BAD_REQUEST, "'k' holds half of a surrogate pair, which is no text");
        }
        return text;
    }
}
