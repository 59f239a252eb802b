package io.laundrybridge.config;

import java.util.Optional;

/** The format of whole numbers. */
record CountFormat(int least, int most) implements Format<Integer> {

    @Override
    public Kind kind() {
        return Kind.COUNT;
    }

    @Override
    public Optional<Integer> read(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean allows(Integer value) {
        return value >= least && value <= most;
    }

    @Override
    public String write(Integer value) {
        return value.toString();
    }

    @Override
    public String bounds() {
        return least + " to " + most;
    }

    @Override
    public String expected() {
        return "a whole number of " + bounds();
    }
}
