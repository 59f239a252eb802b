package io.laundrybridge.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format of sizes in bytes, such as {@code 512}, {@code 64KiB}, {@code 32MiB} or {@code 1GiB}. Units are powers of
 * 1,024.
 */
record SizeFormat(long least, long most) implements Format<Long> {
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,12})\\s*(b|kib|kb|mib|mb|gib|gb)?", Pattern.CASE_INSENSITIVE);
    private static final List<String> UNITS = List.of("GiB", "MiB", "KiB");

    @Override
    public Kind kind() {
        return Kind.SIZE;
    }

    @Override
    public Optional<Long> read(String text) {
        Matcher parts = SIZE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(parts.group(1));
        long unit = unit(parts.group(2));
        return Optional.of(amount > Long.MAX_VALUE / unit ? Long.MAX_VALUE : amount * unit);
    }

    private static long unit(@Nullable String name) {
        return switch (name == null ? "b" : name.toLowerCase(Locale.ROOT)) {
            case "b" -> 1L;
            case "kib", "kb" -> 1L << 10;
            case "mib", "mb" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    @Override
    public boolean allows(Long value) {
        return value >= least && value <= most;
    }

    @Override
    public String write(Long value) {
        long unit = 1L << 30;
        for (String name : UNITS) {
            if (value >= unit && value % unit == 0) {
                return value / unit + name;
            }
            unit >>= 10;
        }
        return value.toString();
    }

    @Override
    public String bounds() {
        return write(least) + " to " + write(most);
    }

    @Override
    public String expected() {
        return "a size of " + bounds() + ", such as 64KiB, 32MiB or 1GiB";
    }
}
