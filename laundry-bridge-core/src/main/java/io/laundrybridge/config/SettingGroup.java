package io.laundrybridge.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings with one prefix, in the order of their declarations. */
final class SettingGroup {
    private final String prefix;
    private final List<Setting<?>> settings = new ArrayList<>();

    /** Makes a group whose keys begin with {@code laundry-bridge.} and {@code prefix}. */
    SettingGroup(String prefix) {
        this.prefix = Settings.PREFIX + prefix;
    }

    List<Setting<?>> all() {
        return List.copyOf(settings);
    }

    SettingBuilder<Duration> duration(String name, Duration least, Duration most) {
        return builder(name, new DurationFormat(least, most, false));
    }

    /** Declares a {@link #duration} that may also be zero. */
    SettingBuilder<Duration> durationOrZero(String name, Duration least, Duration most) {
        return builder(name, new DurationFormat(least, most, true));
    }

    SettingBuilder<Long> size(String name, long least, long most) {
        return builder(name, new SizeFormat(least, most));
    }

    SettingBuilder<Integer> count(String name, int least, int most) {
        return builder(name, new CountFormat(least, most));
    }

    SettingBuilder<Boolean> flag(String name) {
        return builder(name, new FlagFormat());
    }

    SettingBuilder<String> text(String name, String form, String expected) {
        return builder(name, new TextFormat(Pattern.compile(form), expected, Kind.TEXT));
    }

    /** Declares a text of 32 characters or more that is shown nowhere. */
    SettingBuilder<String> secret(String name) {
        String expected = "32 to 4096 characters, made by a generator such as: openssl rand -base64 32";
        return builder(name, new TextFormat(Pattern.compile(".{32,4096}"), expected, Kind.SECRET));
    }

    SettingBuilder<List<String>> list(String name, String expected) {
        return list(name, new ListFormat(Pattern.compile(".+"), false, expected));
    }

    /** Declares a list of items of {@code form} without duplicates. */
    SettingBuilder<List<String>> set(String name, String form, String expected) {
        return list(name, new ListFormat(Pattern.compile(form), true, expected));
    }

    SettingBuilder<String> choice(String name, Choice... choices) {
        return builder(name, new ChoiceFormat(List.of(choices)));
    }

    private SettingBuilder<List<String>> list(String name, ListFormat format) {
        return builder(name, format).byDefault(List.of()).defaultText("none");
    }

    private <T> SettingBuilder<T> builder(String name, Format<T> format) {
        return new SettingBuilder<>(settings, prefix + name, format);
    }

    /** The format of {@code true} and {@code false}. */
    private record FlagFormat() implements Format<Boolean> {

        @Override
        public Kind kind() {
            return Kind.FLAG;
        }

        @Override
        public Optional<Boolean> read(String text) {
            return text.equals("true") || text.equals("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
        }

        @Override
        public boolean allows(Boolean value) {
            return true;
        }

        @Override
        public String write(Boolean value) {
            return value.toString();
        }

        @Override
        public String bounds() {
            return "`true`, `false`";
        }

        @Override
        public String expected() {
            return "true or false";
        }
    }
}
