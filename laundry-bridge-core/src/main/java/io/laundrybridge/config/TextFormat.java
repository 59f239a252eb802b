package io.laundrybridge.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The format of texts of a certain form.
 *
 * @param expected the form in words, for errors
 * @param kind {@link Kind#TEXT}, or {@link Kind#SECRET} if no error may show the text
 */
record TextFormat(Pattern form, String expected, Kind kind) implements Format<String> {

    @Override
    public Optional<String> read(String text) {
        return Optional.of(text);
    }

    @Override
    public boolean allows(String value) {
        return form.matcher(value).matches();
    }

    @Override
    public String write(String value) {
        return kind == Kind.SECRET ? "a secret of " + value.length() + " characters" : value;
    }

    @Override
    public String shown(String text) {
        return kind == Kind.SECRET ? write(text) : Format.super.shown(text);
    }

    @Override
    public String bounds() {
        return "";
    }
}
