package io.laundrybridge.policy;

import io.laundrybridge.error.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of keys with placeholders for what is known of a caller, for example {@code site/{user}/}. A fixed
 * character follows each placeholder, and a value that contains it shows nothing. So no caller's beginning is the
 * beginning of another's. Immutable.
 */
final class KeyTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(user|claim:[^{}]+)}");

    private final List<String> fixed = new ArrayList<>();
    private final List<CallerValue> values = new ArrayList<>();

    /**
     * Reads {@code text}.
     *
     * @throws SettingException for {@code key} if it has no placeholder, or one without a fixed character after it
     */
    KeyTemplate(String key, String text) {
        Matcher placeholders = PLACEHOLDER.matcher(text);
        int end = 0;
        while (placeholders.find()) {
            fixed.add(text.substring(end, placeholders.start()));
            values.add(CallerValue.of(placeholders.group(1)));
            end = placeholders.end();
        }
        fixed.add(text.substring(end));
        if (values.isEmpty() || fixed.stream().anyMatch(part -> part.contains("{") || part.contains("}"))) {
            throw new SettingException(
                    key,
                    key + " has 'key-prefix:" + text
                            + "'; expected placeholders {user} or {claim:NAME}, such as key-prefix:{user}/");
        }
        if (fixed.subList(1, fixed.size()).stream().anyMatch(String::isEmpty)) {
            throw new SettingException(
                    key,
                    key + " has 'key-prefix:" + text + "', in which a placeholder ends without a fixed character"
                            + " after it: 'ann' would read the rows of 'anna'; expected one, such as"
                            + " key-prefix:{user}/");
        }
    }

    /** Returns the beginning of the keys of {@code caller}; null if a value is missing or does not fit. */
    @Nullable String prefix(Caller caller) {
        StringBuilder prefix = new StringBuilder(fixed.get(0));
        for (int at = 0; at < values.size(); at++) {
            Object value = values.get(at).of(caller);
            String next = fixed.get(at + 1);
            String text = value instanceof Long || value instanceof Integer ? value.toString() : null;
            text = value instanceof String string ? string : text;
            if (text == null || text.isEmpty() || text.indexOf(next.charAt(0)) >= 0) {
                return null;
            }
            prefix.append(text).append(next);
        }
        return prefix.toString();
    }
}
