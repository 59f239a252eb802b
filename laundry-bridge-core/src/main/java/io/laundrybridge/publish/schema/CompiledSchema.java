package io.laundrybridge.publish.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.laundrybridge.error.SettingException;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.PublishException.Failure;
import io.laundrybridge.publish.ValueCheck;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A schema, ready to check values. Thread-safe. */
final class CompiledSchema implements ValueCheck {
    private static final int DEEPEST = 100;
    private static final int LONGEST_POINTER = 200;
    private static final String WHOLE = "the value";
    private static final int LONGEST_SENTENCE = 400;

    /** Keywords whose errors are about a property that the value has and the schema does not. */
    private static final Set<String> OF_UNKNOWN_PROPERTY = Set.of("additionalProperties", "unevaluatedProperties");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Schema schema;

    private CompiledSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * Compiles {@code text}.
     *
     * @throws SettingException of {@code key} if it is no valid schema
     */
    static CompiledSchema of(byte[] text, String location, String key) {
        String wrong = key + " is '" + location + "', which is no JSON Schema that can be used: ";
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject() && !node.isBoolean()) {
                throw new SettingException(key, wrong + "it is neither an object nor true or false");
            }
            refuseBySchemaOfSchemas(node, key, wrong);
            Schema schema = registry(false).getSchema(node);
            schema.initializeValidators();
            return new CompiledSchema(schema);
        } catch (JacksonException e) {
            throw new SettingException(key, wrong + "it is no JSON, is nested too deep or names a property twice");
        } catch (SettingException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new SettingException(
                    key,
                    wrong + cut(String.valueOf(e.getMessage())) + "; references to other documents are not followed");
        }
    }

    private static void refuseBySchemaOfSchemas(JsonNode schema, String key, String wrong) {
        String dialect = schema.path("$schema").asString(SpecificationVersion.DRAFT_2020_12.getDialectId());
        if (SpecificationVersion.fromDialectId(dialect).isEmpty()) {
            throw new SettingException(
                    key, wrong + "$schema is '" + dialect + "'; expected draft 4, 6, 7, 2019-09 or 2020-12");
        }
        List<Error> errors =
                registry(true).getSchema(SchemaLocation.of(dialect)).validate(schema);
        if (!errors.isEmpty()) {
            throw new SettingException(key, wrong + "at " + sentence(errors.get(0)));
        }
    }

    /** Returns a registry that reads no document but the schemas of schemas, which the library has. */
    private static SchemaRegistry registry(boolean ofSchemas) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .failFast(true)
                .locale(Locale.ENGLISH)
                .formatAssertionsEnabled(false)
                .regularExpressionFactory(new BoundedPatterns())
                .preloadSchema(true)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)
                                .allow(iri -> ofSchemas || isOfLibrary(iri.toString()))));
    }

    private static boolean isOfLibrary(String iri) {
        return iri.startsWith("http://json-schema.org/") || iri.startsWith("https://json-schema.org/");
    }

    @Override
    public void check(byte[] value) {
        List<Error> errors;
        try {
            errors = schema.validate(JSON.readTree(value));
        } catch (JacksonException e) {
            throw refused("The value is no JSON, is nested deeper than " + DEEPEST + " or names a property twice");
        } catch (RuntimeException | StackOverflowError e) {
            throw refused("The value cannot be checked by the schema of this channel, or not in time");
        }
        if (!errors.isEmpty()) {
            throw refused(sentence(errors.get(0)));
        }
    }

    private static PublishException refused(String sentence) {
        return new PublishException(Failure.REFUSED, sentence);
    }

    /** Returns the pointer of the wrong value and what was expected. Of the value itself it has names at most. */
    private static String sentence(Error error) {
        String at = shown(error.getInstanceLocation().toString());
        if (OF_UNKNOWN_PROPERTY.contains(error.getKeyword())) {
            return (at.equals(WHOLE) ? "" : at) + shown("/" + error.getProperty())
                    + ": the schema has no such property";
        }
        return cut(at + ": " + error.getMessage());
    }

    private static String shown(String pointer) {
        String printable = pointer.replaceAll("\\p{Cntrl}", "?");
        if (printable.isEmpty()) {
            return WHOLE;
        }
        return printable.length() <= LONGEST_POINTER ? printable : printable.substring(0, LONGEST_POINTER) + "...";
    }

    private static String cut(String sentence) {
        return sentence.length() <= LONGEST_SENTENCE ? sentence : sentence.substring(0, LONGEST_SENTENCE) + "...";
    }
}
