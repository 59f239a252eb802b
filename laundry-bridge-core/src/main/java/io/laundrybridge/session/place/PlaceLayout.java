package io.laundrybridge.session.place;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.SealedPlace;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The content of a sealed place: time of issue, tag, epoch and vector. All fields have fixed widths, and the whole is
 * padded to blocks of 128 bytes. So its length tells no offset, and of the number of partitions next to nothing.
 * Stateless.
 */
final class PlaceLayout {
    private static final int TAG = 11;
    private static final int EPOCH = 32;
    private static final int HEAD = Long.BYTES + 1 + TAG + 1 + EPOCH + Short.BYTES;
    private static final int PARTITION = Long.BYTES + Integer.BYTES;
    private static final int BLOCK = 128;

    private PlaceLayout() {}

    /** Returns the padded length of the content of a place with {@code partitions}. */
    static int length(int partitions) {
        int used = HEAD + partitions * PARTITION;
        return (used + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Writes {@code position} into {@code content}, which has its length and holds zeros. */
    static void write(Position position, ByteBuffer content) {
        PositionVector vector = position.vector();
        content.putLong(position.issuedAt().getEpochSecond());
        text(position.tag(), TAG, content);
        text(position.epoch(), EPOCH, content);
        content.putShort((short) vector.partitions());
        for (int p = 0; p < vector.partitions(); p++) {
            content.putLong(vector.next(p)).putInt(vector.epoch(p));
        }
    }

    private static void text(String text, int width, ByteBuffer content) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int end = content.position() + 1 + width;
        content.put((byte) bytes.length).put(bytes).position(end);
    }

    /**
     * Returns the position in {@code content}.
     *
     * @throws io.laundrybridge.protocol.RefusedLineException if there is none
     */
    static Position read(ByteBuffer content) {
        try {
            Instant issuedAt = Instant.ofEpochSecond(content.getLong());
            String tag = text(TAG, content);
            String epoch = text(EPOCH, content);
            int partitions = Short.toUnsignedInt(content.getShort());
            long[] next = new long[partitions];
            int[] epochs = new int[partitions];
            for (int p = 0; p < partitions; p++) {
                next[p] = content.getLong();
                epochs[p] = content.getInt();
            }
            return new Position(epoch, issuedAt, tag, PositionVector.of(next, epochs));
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException anotherVersion) {
            throw SealedPlace.refusal();
        }
    }

    private static String text(int width, ByteBuffer content) {
        int length = content.get();
        byte[] bytes = new byte[length < 0 ? 0 : length];
        int end = content.position() + width;
        content.get(bytes).position(end);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
