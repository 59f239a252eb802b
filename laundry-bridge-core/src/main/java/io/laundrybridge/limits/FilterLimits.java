package io.laundrybridge.limits;

import static io.laundrybridge.config.LimitSettings.FILTER_DEPTH;
import static io.laundrybridge.config.LimitSettings.FILTER_NODES;
import static io.laundrybridge.config.LimitSettings.FILTER_VALUES;

import io.laundrybridge.config.Settings;

/**
 * The bounds of a filter; each has a key below {@code laundry-bridge.limits}.
 *
 * @param depth deepest nesting, default 4 ({@code filter-depth}); a single comparison is 1 deep
 * @param nodes operators, default 32 ({@code filter-nodes})
 * @param values choices of an {@code in}, default 100 ({@code filter-values})
 */
public record FilterLimits(int depth, int nodes, int values) {

    /** The defaults. */
    public static final FilterLimits DEFAULT = from(Settings.none());

    /**
     * Checks the bounds.
     *
     * @param depth levels, at least 1
     * @param nodes operators, at least 1
     * @param values choices, at least 1
     * @throws io.laundrybridge.error.SettingException if one is out of bounds
     */
    public FilterLimits {
        FILTER_DEPTH.check(depth);
        FILTER_NODES.check(nodes);
        FILTER_VALUES.check(values);
    }

    /**
     * {@return the limits that {@code settings} give}
     *
     * @param settings the settings of the host
     * @throws io.laundrybridge.error.SettingException if a setting is wrong
     */
    public static FilterLimits from(Settings settings) {
        return new FilterLimits(settings.get(FILTER_DEPTH), settings.get(FILTER_NODES), settings.get(FILTER_VALUES));
    }

    /**
     * {@return these limits with another deepest nesting}
     *
     * @param levels levels, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public FilterLimits withDepth(int levels) {
        return new FilterLimits(levels, nodes, values);
    }

    /**
     * {@return these limits with another number of operators}
     *
     * @param operators operators, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public FilterLimits withNodes(int operators) {
        return new FilterLimits(depth, operators, values);
    }

    /**
     * {@return these limits with another number of choices}
     *
     * @param choices choices, at least 1
     * @throws io.laundrybridge.error.SettingException if it is out of bounds
     */
    public FilterLimits withValues(int choices) {
        return new FilterLimits(depth, nodes, choices);
    }
}
