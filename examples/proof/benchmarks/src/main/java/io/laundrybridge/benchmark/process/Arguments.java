package io.laundrybridge.benchmark.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of this program and its children: words, and {@code --name=value}. Each name must be known:
 * {@link #refuseOthers}.
 */
public final class Arguments {
    private final Map<String, String> given = new TreeMap<>();
    private final List<String> words = new ArrayList<>();

    /** Reads them; {@code --name} alone is {@code --name=true}. */
    public Arguments(String[] arguments) {
        for (String argument : arguments) {
            if (!argument.startsWith("--")) {
                words.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            given.put(
                    argument.substring(2, equals < 0 ? argument.length() : equals),
                    equals < 0 ? "true" : argument.substring(equals + 1));
        }
    }

    /** Returns the arguments that are words. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Refuses names that are not among {@code known}. */
    public void refuseOthers(List<String> known) {
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "--" + name + " is not an option; there are --" + String.join(", --", known));
                });
    }

    /** Returns a text. */
    public String text(String name, String standard) {
        return given.getOrDefault(name, standard);
    }

    /** Returns a text that must be given. */
    public String text(String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }

    /** Returns a whole number from 0. */
    public int number(String name, int standard) {
        String value = given.get(name);
        if (value == null) {
            return standard;
        }
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("--" + name + " is '" + value + "'; expected a whole number");
        }
        return Integer.parseInt(value);
    }

    /** Returns whether it was given. */
    public boolean flag(String name) {
        return Boolean.parseBoolean(given.get(name));
    }

    /** Returns several values, separated by commas. */
    public List<String> list(String name, List<String> standard) {
        String value = given.get(name);
        return value == null || value.isBlank() ? standard : List.of(value.split(",", -1));
    }
}
