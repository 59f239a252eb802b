package io.laundrybridge.source.postgres;

import io.laundrybridge.event.PositionVector;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The table as one look at it shows it.
 *
 * @param oid the table's number in the catalogue
 * @param epoch names the table's life: equal on every node, different after DROP, TRUNCATE or a rewrite of the table
 * @param oldest the lowest id that a reader sees; {@code end} if the table seems empty
 * @param end the id after the highest one that the sequence has given
 */
record TableLife(long oid, String epoch, long oldest, long end) {
    private static final int EPOCH_LENGTH = 16;

    /** Returns the epoch of a life, whose parts are numbers of the catalogue. */
    static String epoch(String parts) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, EPOCH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the place at {@code id} in the table's only partition. */
    static PositionVector place(long id) {
        return PositionVector.of(id);
    }
}
