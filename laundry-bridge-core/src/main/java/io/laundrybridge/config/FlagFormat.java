package io.laundrybridge.config;

import java.util.Optional;

/** The format of {@code true} and {@code false}. */
record FlagFormat() implements Format<Boolean> {

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
