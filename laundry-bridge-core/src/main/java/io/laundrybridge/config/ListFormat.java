package io.laundrybridge.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The format of texts that commas separate.
 *
 * @param item the form of each; classes that read the list may ask for more
 * @param once whether each may appear only once
 * @param expected the form in words, for errors
 */
record ListFormat(Pattern item, boolean once, String expected) implements Format<List<String>> {

    @Override
    public Kind kind() {
        return Kind.LIST;
    }

    @Override
    public Optional<List<String>> read(String text) {
        return Optional.of(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList());
    }

    @Override
    public boolean allows(List<String> value) {
        return value.stream().allMatch(each -> item.matcher(each).matches())
                && (!once || new HashSet<>(value).size() == value.size());
    }

    @Override
    public String write(List<String> value) {
        return String.join(",", value);
    }

    @Override
    public String bounds() {
        return "";
    }
}
