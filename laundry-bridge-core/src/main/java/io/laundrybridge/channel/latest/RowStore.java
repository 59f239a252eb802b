package io.laundrybridge.channel.latest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in the order of their last change. They are in chunks that images share: an image costs a list of
 * chunks, and a chunk in an image is copied before it changes. Guarded by its table.
 */
final class RowStore {
    private final Map<String, Place> places = new HashMap<>();
    private final List<RowChunk> chunks = new ArrayList<>();
    private int slots;
    private int images;

    /**
     * The place of a row.
     *
     * @param images the number of images when it came: they do not have it
     */
    private record Place(LatestRow row, int slot, int images) {}

    int size() {
        return places.size();
    }

    @Nullable LatestRow get(String key) {
        Place place = places.get(key);
        return place == null ? null : place.row();
    }

    /** Returns whether the newest image has the row of {@code key}. */
    boolean isShared(String key) {
        Place place = places.get(key);
        return place != null && place.images() < images;
    }

    /** Adds a row of a key that has none, as the newest. */
    void add(LatestRow row) {
        if (slots - size() > size() + RowChunk.SIZE) {
            closeHoles();
        }
        append(row, images);
    }

    @Nullable LatestRow remove(String key) {
        Place place = places.remove(key);
        if (place == null) {
            return null;
        }
        changeable(place.slot() / RowChunk.SIZE).set(place.slot() % RowChunk.SIZE, null);
        return place.row();
    }

    void clear() {
        places.clear();
        chunks.clear();
        slots = 0;
    }

    /** Returns the chunks of a new image; they do not change any more. */
    RowChunk[] share() {
        images++;
        return chunks.toArray(RowChunk[]::new);
    }

    private void append(LatestRow row, int since) {
        if (slots == chunks.size() * RowChunk.SIZE) {
            chunks.add(RowChunk.empty(images));
        }
        changeable(slots / RowChunk.SIZE).set(slots % RowChunk.SIZE, row);
        places.put(row.key(), new Place(row, slots++, since));
    }

    private RowChunk changeable(int at) {
        RowChunk chunk = chunks.get(at).changeable(images);
        chunks.set(at, chunk);
        return chunk;
    }

    /** Seldom: only after as many rows have come as there are. */
    private void closeHoles() {
        List<RowChunk> before = List.copyOf(chunks);
        chunks.clear();
        slots = 0;
        for (RowChunk chunk : before) {
            for (int at = 0; at < RowChunk.SIZE; at++) {
                LatestRow row = chunk.row(at);
                if (row != null) {
                    Place known = places.get(row.key());
                    append(row, known == null ? images : known.images());
                }
            }
        }
    }
}
