package io.laundrybridge.config;

import io.laundrybridge.host.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Declares one setting; {@link #means} ends the declaration.
 *
 * @param <T> type of the values
 */
final class SettingBuilder<T> {
    private final List<Setting<?>> group;
    private final String key;
    private final Format<T> format;
    private @Nullable T byDefault;
    private String defaultText = "–";
    private @Nullable Meter meter;

    SettingBuilder(List<Setting<?>> group, String key, Format<T> format) {
        this.group = group;
        this.key = key;
        this.format = format;
    }

    SettingBuilder<T> byDefault(T value) {
        byDefault = value;
        return defaultText("`" + format.write(value) + "`");
    }

    /** Describes a default that depends on the host or on other settings. */
    SettingBuilder<T> defaultText(String text) {
        defaultText = text;
        return this;
    }

    SettingBuilder<T> meter(Meter seenIn) {
        meter = seenIn;
        return this;
    }

    /** Ends the declaration with the setting's meaning in Markdown: what the value is, and what happens beyond it. */
    Setting<T> means(String meaning) {
        Setting<T> setting = new Setting<>(key, format, byDefault, defaultText, meter, meaning);
        group.add(setting);
        return setting;
    }
}
