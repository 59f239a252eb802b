package io.laundrybridge.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The format of texts of a certain form.
 *
 * @param expected the form in words, for errors
 */
record TextFormat(Pattern form, String expected) implements Format<String> {

    @Override
    public Kind kind() {
        return Kind.TEXT;
    }

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
        return value;
    }

    @Override
    public String bounds() {
        return "";
    }
}
