package io.laundrybridge.protocol;

import java.util.Arrays;
import java.util.Base64;

/**
 * A {@link Position} that only the server can read, because offsets would tell of records that its client may not see.
 * Written as {@code ~} and base64url without padding. Immutable; the bytes are not copied.
 */
public final class SealedPlace {
    private static final char MARK = '~';
    /** More than a place of {@link PositionParser#MAX_PARTITIONS} needs. */
    private static final int MOST_CHARS = 200_000;

    private final byte[] bytes;

    /** Makes a place of these bytes, which no code may change any more. */
    public SealedPlace(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns whether {@code text} says that it is a sealed place. */
    static boolean isSealed(String text) {
        return !text.isEmpty() && text.charAt(0) == MARK;
    }

    /**
     * Returns the place in {@code text}, which is sealed.
     *
     * @throws RefusedLineException with code {@code bad_position} if it is malformed
     */
    static SealedPlace parse(String text) {
        if (text.length() > MOST_CHARS) {
            throw refusal();
        }
        try {
            SealedPlace place = new SealedPlace(Base64.getUrlDecoder().decode(text.substring(1)));
            if (place.toString().equals(text)) {
                return place;
            }
        } catch (IllegalArgumentException notBase64) {
            throw refusal();
        }
        throw refusal();
    }

    /**
     * Returns the refusal of a place that is malformed, or cannot be opened. Its sentence is always the same, so that
     * it does not tell what is wrong.
     */
    public static RefusedLineException refusal() {
        return new RefusedLineException(
                ErrorCode.BAD_POSITION,
                "'from' or 'at' holds no position; send one exactly as the server gave it, or start from live");
    }

    /** Returns the bytes, which must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedPlace that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the place as clients get it. */
    @Override
    public String toString() {
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
