package io.laundrybridge.encode;

import io.laundrybridge.filter.FieldValues;
import io.laundrybridge.filter.FilterFields;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Extracts the declared fields from a value while it is checked, token by token, without a tree. A record is
 * undecodable if a name on the way to a declared field occurs twice, because JSON readers disagree which one counts.
 * Not thread-safe.
 */
final class FieldReader {
    private static final int FITS_A_LONG = 18;

    private final int count;
    private final DeclaredPlace root;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Object[] values = new Object[0];
    private long record;
    private boolean deleted;

    /** An object or array that is being read. */
    private static final class Level {
        private final DeclaredPlace place;
        private final boolean array;
        private int next;

        private Level(DeclaredPlace place, boolean array) {
            this.place = place;
            this.array = array;
        }
    }

    FieldReader(FilterFields fields) {
        this.count = fields.count();
        this.root = DeclaredPlace.root(fields);
    }

    /** Begins a record of which no value has been seen. */
    void nothing() {
        deleted = true;
    }

    /** Begins a value. */
    void begin() {
        if (count > 0) {
            record++;
            deleted = false;
            levels.clear();
            values = new Object[count];
            Arrays.fill(values, FieldValues.MISSING);
        }
    }

    /** Reads the next token of the value. */
    void token(JsonParser json, JsonToken token) throws UndecodableException {
        if (count == 0 || token == JsonToken.PROPERTY_NAME) {
            return;
        }
        if (token.isStructEnd()) {
            levels.pop();
            return;
        }
        DeclaredPlace place = place(json);
        deleted = place == root && token == JsonToken.VALUE_NULL;
        if (place.field() >= 0) {
            values[place.field()] = value(json, token);
        }
        if (token.isStructStart()) {
            levels.push(new Level(place, token == JsonToken.START_ARRAY));
        }
    }

    /** Returns the fields that were found; null if none are declared. */
    @Nullable FieldValues found() {
        if (count == 0) {
            return null;
        }
        return deleted ? FieldValues.NOTHING : new FieldValues(values);
    }

    private DeclaredPlace place(JsonParser json) throws UndecodableException {
        Level level = levels.peek();
        if (level == null) {
            return root;
        }
        if (level.place.isLeaf()) {
            return DeclaredPlace.NOWHERE;
        }
        String name = level.array ? Integer.toString(level.next++) : json.currentName();
        return level.place.below(Objects.requireNonNull(name), record);
    }

    private static Object value(JsonParser json, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> json.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> FieldValues.NULL;
            case VALUE_NUMBER_INT ->
                json.getStringLength() <= FITS_A_LONG ? json.getLongValue() : FieldValues.number(json.getString());
            case VALUE_NUMBER_FLOAT -> FieldValues.number(json.getString());
            default -> FieldValues.OTHER;
        };
    }
}
