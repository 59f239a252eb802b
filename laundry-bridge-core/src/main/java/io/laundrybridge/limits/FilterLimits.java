package io.laundrybridge.limits;

import io.laundrybridge.config.Settings;

/**
 * How much a filter may ask; each bound has a key below {@code laundry-bridge.limits}.
 *
 * @param depth deepest nesting, default 4 ({@code filter-depth}); a single comparison is 1 deep
 * @param nodes operators, default 32 ({@code filter-nodes})
 * @param values choices of an {@code in}, default 100 ({@code filter-values})
 */
public record FilterLimits(int depth, int nodes, int values) {

    /** The limits that {@code settings} give. */
    public static FilterLimits from(Settings settings) {
        return new FilterLimits(
                settings.count("limits.filter-depth", 4, 1),
                settings.count("limits.filter-nodes", 32, 1),
                settings.count("limits.filter-values", 100, 1));
    }
}
