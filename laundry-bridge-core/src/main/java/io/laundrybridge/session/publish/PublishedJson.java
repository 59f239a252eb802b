package io.laundrybridge.session.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.laundrybridge.limits.ValueLimits;
import io.laundrybridge.publish.Publish;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks that a published value is JSON which a channel with the same limits can show. An object with a name twice is
 * refused, because readers disagree on which one counts. Stateless.
 */
final class PublishedJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PublishedJson() {}

    /**
     * Checks key and value of {@code publish}.
     *
     * @throws PublishException if they are too large, or the value is wrong
     */
    static void check(Publish publish, ValueLimits limits) {
        String key = publish.key();
        if (key != null && key.getBytes(UTF_8).length > limits.keyBytes()) {
            throw new PublishException(
                    Failure.TOO_LARGE, "the key is longer than " + limits.keyBytes() + " bytes; send a shorter one");
        }
        if (publish.value().length > limits.valueBytes()) {
            throw new PublishException(
                    Failure.TOO_LARGE,
                    "the value is longer than " + limits.valueBytes() + " bytes; send a shorter one");
        }
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), publish.value())) {
            read(json, limits);
        } catch (StreamConstraintsException e) {
            throw refused("is beyond a limit of the server; send a simpler one");
        } catch (JacksonException e) {
            throw refused("is not one JSON value in which each object has each name once");
        }
    }

    private static void read(JsonParser json, ValueLimits limits) {
        int depth = 0;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > limits.depth()) {
                throw refused("is nested more than " + limits.depth() + " deep; send a flatter one");
            }
            if (token.isNumeric() && json.getStringLength() > limits.numberDigits()) {
                throw refused("holds a number of more than " + limits.numberDigits() + " digits; send it as a text");
            }
        }
    }

    private static PublishException refused(String predicate) {
        return new PublishException(Failure.REFUSED, "the value " + predicate);
    }
}
