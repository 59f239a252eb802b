package io.laundrybridge.fuzzing;

import io.laundrybridge.config.Settings;
import io.laundrybridge.filter.Filter;
import io.laundrybridge.filter.FilterFields;
import io.laundrybridge.filter.FilterParser;
import io.laundrybridge.limits.FilterLimits;
import io.laundrybridge.protocol.RefusedLineException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters on a channel that declares a few fields. */
final class Filters {
    static final FilterFields FIELDS = FilterFields.of(List.of("/t", "/a/b", "/list/1"));
    private static final FilterLimits LIMITS = FilterLimits.from(Settings.none());

    private Filters() {}

    /** The filter, or null if there is none or it is refused. */
    static @Nullable Filter parse(@Nullable Map<String, @Nullable Object> where) {
        try {
            return where == null ? null : FilterParser.parse(where, "c", FIELDS, LIMITS);
        } catch (RefusedLineException refused) {
            return null;
        }
    }
}
