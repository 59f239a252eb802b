/**
 * Checks published values against a JSON Schema: {@link io.laundrybridge.publish.schema.JsonSchemaCheck}. It needs the
 * optional dependency {@code com.networknt:json-schema-validator}.
 *
 * <p>Exported: applications add a schema to their channels in Java.
 */
@NullMarked
package io.laundrybridge.publish.schema;

import org.jspecify.annotations.NullMarked;
