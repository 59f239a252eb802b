package io.laundrybridge.channel.latest;

import org.jspecify.annotations.Nullable;

/**
 * Rows next to each other, with holes where rows were taken out. Guarded by its table; one that an image has never
 * changes.
 */
final class RowChunk {
    static final int SIZE = 256;

    private final int generation;
    private final @Nullable LatestRow[] rows;

    private RowChunk(int generation, @Nullable LatestRow[] rows) {
        this.generation = generation;
        this.rows = rows;
    }

    static RowChunk empty(int generation) {
        return new RowChunk(generation, new @Nullable LatestRow[SIZE]);
    }

    /** Returns this chunk if no image has it, else a copy; {@code now} is the number of images so far. */
    RowChunk changeable(int now) {
        return generation == now ? this : new RowChunk(now, rows.clone());
    }

    @Nullable LatestRow row(int at) {
        return rows[at];
    }

    void set(int at, @Nullable LatestRow row) {
        rows[at] = row;
    }

    /** Returns the number of rows and holes in {@code chunks}. */
    static long slots(RowChunk[] chunks) {
        return (long) chunks.length * SIZE;
    }

    /** Returns the row at slot {@code at} of {@code chunks}; null if there is a hole. */
    static @Nullable LatestRow row(RowChunk[] chunks, long at) {
        return chunks[(int) (at / SIZE)].row((int) (at % SIZE));
    }
}
