package io.laundrybridge.example.database.machines;

import org.jspecify.annotations.Nullable;

/**
 * What a user wants a machine to do.
 *
 * @param machine the machine's id
 * @param action {@code start}, {@code pause} or {@code stop}
 * @param by who said so
 * @param mid the command's own id, which the machine shows in its row; null if it has none
 */
public record MachineCommand(
        String machine,
        String action,
        @Nullable String by,
        @Nullable String mid) {}
