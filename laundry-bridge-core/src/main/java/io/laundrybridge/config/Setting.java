package io.laundrybridge.config;

import io.laundrybridge.error.SettingException;
import io.laundrybridge.host.Meter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that an operator may set, with its kind, default, bounds and meaning. {@link SettingCatalogue} lists all.
 * Immutable.
 *
 * <p>Some settings exist for each channel, or for each property of Kafka. Their keys hold a placeholder, {@code NAME}
 * or {@code *}, until {@link #of} replaces it.
 *
 * @param <T> type of the values
 */
public final class Setting<T> {
    /** The placeholder for a channel's name. */
    static final String NAME = "NAME";
    /** The placeholder for the name of a Kafka property. */
    static final String ANY = "*";

    private final String key;
    private final Format<T> format;
    private final @Nullable T byDefault;
    private final String defaultText;
    private final @Nullable Meter meter;
    private final String meaning;
    private final boolean hasPlaceholder;
    private final String before;
    private final String after;

    Setting(
            String key,
            Format<T> format,
            @Nullable T byDefault,
            String defaultText,
            @Nullable Meter meter,
            String meaning) {
        this.key = key;
        this.format = format;
        this.byDefault = byDefault;
        this.defaultText = defaultText;
        this.meter = meter;
        this.meaning = meaning;
        String placeholder = key.contains(NAME) ? NAME : ANY;
        int at = key.indexOf(placeholder);
        this.hasPlaceholder = at >= 0;
        this.before = hasPlaceholder ? key.substring(0, at) : key;
        this.after = hasPlaceholder ? key.substring(at + placeholder.length()) : "";
    }

    /** {@return the whole key, such as {@code laundry-bridge.heartbeat}} */
    public String key() {
        return key;
    }

    /** {@return what an operator writes as its value} */
    public Kind kind() {
        return format.kind();
    }

    /**
     * {@return the value if it is not set}
     *
     * @throws IllegalStateException if it has none
     */
    public T byDefault() {
        return defaultValue().orElseThrow(() -> new IllegalStateException(key + " has no default"));
    }

    /** {@return the value if it is not set; empty if there is none, or if it depends on the host} */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(byDefault);
    }

    /** {@return the default as the documentation shows it, in Markdown} */
    public String defaultText() {
        return defaultText;
    }

    /** {@return the allowed values as the documentation shows them; empty if the meaning explains them} */
    public String bounds() {
        return format.bounds();
    }

    /** {@return the words of a choice; none for other kinds} */
    public List<Choice> choices() {
        return format instanceof ChoiceFormat words ? words.choices() : List.of();
    }

    /** {@return what it does, in Markdown} */
    public String meaning() {
        return meaning;
    }

    /** {@return the meter that shows whether the value fits; empty if there is none} */
    public Optional<Meter> meter() {
        return Optional.ofNullable(meter);
    }

    /** {@return whether the key has a placeholder} */
    public boolean hasPlaceholder() {
        return hasPlaceholder;
    }

    /**
     * {@return this setting of the channel or the Kafka property {@code name}}
     *
     * @param name the channel's name
     */
    public Setting<T> of(String name) {
        String whole = key.replace(NAME, name).replace(ANY, name);
        return new Setting<>(whole, format, byDefault, defaultText, meter, meaning);
    }

    /**
     * Returns the name that {@code whole} has in place of the placeholder; empty if it is the key of another setting.
     */
    Optional<String> nameIn(String whole) {
        boolean matches = hasPlaceholder
                && whole.length() > before.length() + after.length()
                && whole.startsWith(before)
                && whole.endsWith(after);
        return matches
                ? Optional.of(whole.substring(before.length(), whole.length() - after.length()))
                : Optional.empty();
    }

    /**
     * {@return the value of {@code text}}
     *
     * @param text the text of the value
     * @throws SettingException if it has another form or is out of bounds
     */
    public T parse(String text) {
        return format.read(text).filter(format::allows).orElseThrow(() -> refusal(format.shown(text)));
    }

    /**
     * {@return {@code value}, which code has given}
     *
     * @param value a value that code has given
     * @throws SettingException if it is out of bounds
     */
    public T check(T value) {
        if (format.allows(value)) {
            return value;
        }
        throw refusal(format.write(value));
    }

    /**
     * {@return the error for the value {@code found}}
     *
     * @param found what was found
     */
    public SettingException refusal(String found) {
        return refusal(found, format.expected());
    }

    /**
     * {@return the error for the value {@code found}, if {@code expected} explains more than the form and the bounds}
     *
     * @param found what was found
     * @param expected what was expected
     */
    public SettingException refusal(String found, String expected) {
        return new SettingException(key, key + " is " + found + "; expected " + expected);
    }

    @Override
    public String toString() {
        return key;
    }
}
