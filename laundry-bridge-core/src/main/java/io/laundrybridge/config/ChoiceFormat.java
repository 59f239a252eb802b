package io.laundrybridge.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The format of one of a few words, in lower case with {@code -} between parts. Capitals are accepted too. */
record ChoiceFormat(List<Choice> choices) implements Format<String> {

    @Override
    public Kind kind() {
        return Kind.CHOICE;
    }

    @Override
    public Optional<String> read(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean allows(String value) {
        return choices.stream().anyMatch(choice -> choice.word().equals(value));
    }

    @Override
    public String write(String value) {
        return value;
    }

    @Override
    public String bounds() {
        return String.join(
                ", ", choices.stream().map(choice -> "`" + choice.word() + "`").toList());
    }

    @Override
    public String expected() {
        return "one of " + String.join(", ", choices.stream().map(Choice::word).toList());
    }
}
