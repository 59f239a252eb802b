package io.laundrybridge.publish.schema;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.publish.PublishException;
import io.laundrybridge.publish.ValueCheck;

/**
 * Takes only values that fit a JSON Schema. Thread-safe.
 *
 * <p>The schema is read once, from a file or the class path. Its {@code $schema} says the draft: 4, 6, 7, 2019-09 or
 * 2020-12, which is the default. References to other documents are refused, so nothing is ever fetched. {@code format}
 * is not checked.
 *
 * <p><b>Bounds.</b> A schema has at most 1 MiB. A value may be nested 100 deep, and each property may come once. A
 * regular expression of the schema may read a million characters for one text; a text that needs more is refused. Other
 * costs of a schema, such as nested {@code anyOf}, are not bounded: check what you write.
 */
public final class JsonSchemaCheck implements ValueCheck {
    private static final String ARTIFACT = "com.networknt:json-schema-validator";

    private final ValueCheck schema;

    private JsonSchemaCheck(ValueCheck schema) {
        this.schema = schema;
    }

    /**
     * {@return the check of the schema at {@code location}}
     *
     * @param location {@code file:PATH} or {@code classpath:PATH}
     * @throws SettingException if it cannot be read, is no valid schema, refers to another document, or if the library
     *     is missing
     */
    public static JsonSchemaCheck at(String location) {
        return at(location, "schema");
    }

    /**
     * {@return the check of the schema at {@code location}}
     *
     * @param location {@code file:PATH} or {@code classpath:PATH}
     * @param key the setting that names the location, for the message of an exception
     * @throws SettingException as {@link #at(String)}
     */
    public static JsonSchemaCheck at(String location, String key) {
        demandLibrary(key);
        return new JsonSchemaCheck(CompiledSchema.of(SchemaText.read(location, key), location, key));
    }

    private static void demandLibrary(String key) {
        try {
            Class.forName("com.networknt.schema.SchemaRegistry", false, JsonSchemaCheck.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new SettingException(
                    key, key + " is set, but a library is missing; add the dependency " + ARTIFACT + " (3.0 or newer)");
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws PublishException with {@code REFUSED}; the message begins with the JSON pointer of the wrong value
     */
    @Override
    public void check(byte[] value) {
        schema.check(value);
    }
}
