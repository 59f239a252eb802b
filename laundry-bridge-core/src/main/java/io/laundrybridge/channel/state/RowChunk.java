package io.laundrybridge.channel.state;

import org.jspecify.annotations.Nullable;

/** Rows next to each other, with holes where rows were taken out. Guarded by its table; one that an image has never changes. */
final class RowChunk {
    static final int SIZE = 256;

    private final int generation;
    private final @Nullable Row[] rows;

    private RowChunk(int generation, @Nullable Row[] rows) {
        this.generation = generation;
        this.rows = rows;
    }

    static RowChunk empty(int generation) {
        return new RowChunk(generation, new @Nullable Row[SIZE]);
    }

    /** This chunk if no image has it, else a copy; {@code now} is how many images there were. */
    RowChunk changeable(int now) {
        return generation == now ? this : new RowChunk(now, rows.clone());
    }

    @Nullable Row row(int at) {
        return rows[at];
    }

    void set(int at, @Nullable Row row) {
        rows[at] = row;
    }
}
