package io.laundrybridge.session;

import io.laundrybridge.channel.log.LogEntry;
import io.laundrybridge.channel.log.Run;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The newest values as plain clients get them, decoded once for all sessions of a worker that stand at about the same
 * place. Holds at most 1,024 values of up to 4 KiB; larger ones are decoded each time. Confined to its worker.
 */
final class PlainTexts {
    private static final int SLOTS = 1_024;
    private static final int LARGEST = 4 << 10;

    private final @Nullable LogEntry[] entries = new LogEntry[SLOTS];
    private final String[] texts = new String[SLOTS];

    /** The value of {@code entry}, which stands at {@code index} of {@code run}. */
    @SuppressWarnings("ReferenceEquality") // the same entry, not one like it
    String of(Run run, long index, LogEntry entry) {
        int slot = (int) (index % SLOTS);
        if (entries[slot] == entry) {
            return texts[slot];
        }
        String text = decode(run, entry);
        if (text.length() <= LARGEST) {
            entries[slot] = entry;
            texts[slot] = text;
        }
        return text;
    }

    private static String decode(Run run, LogEntry entry) {
        byte[] original = entry.original();
        return original != null
                ? new String(original, StandardCharsets.UTF_8)
                : new String(
                        run.bytes(), entry.valueFrom(), entry.to() - 1 - entry.valueFrom(), StandardCharsets.UTF_8);
    }
}
