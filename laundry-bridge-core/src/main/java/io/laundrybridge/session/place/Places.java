package io.laundrybridge.session.place;

import io.laundrybridge.event.PositionVector;
import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.SealedPlace;
import io.laundrybridge.protocol.StartFrom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes the places of all sessions of a worker, and reads them again. If the operator has set a secret, the places of
 * restricted readers are sealed. Confined to its worker.
 */
public final class Places {
    /** The rest of a bookmark with the longest name of a channel, and a gap. */
    private static final int OTHER_WORDS = 512;

    private final @Nullable PlaceSeal seal;

    /** Seals with {@code secret}; without one all places are open. */
    public Places(@Nullable PlaceSecret secret) {
        this.seal = secret == null ? null : new PlaceSeal(secret);
    }

    /** Returns whether {@code owner} may learn no offset. */
    public boolean hidesOffsets(PlaceOwner owner) {
        return seal != null && owner.restricted();
    }

    /** Returns the text of a place of {@code owner}, in the stream of {@code epoch}. */
    public String write(PlaceOwner owner, String epoch, Instant issuedAt, PositionVector vector) {
        Position position = new Position(epoch, issuedAt, owner.tag(), vector);
        return seal == null || !owner.restricted()
                ? position.toString()
                : seal.seal(position, owner).toString();
    }

    /** Returns the bytes of a bookmark's line and of gaps before it, with a sealed place of {@code partitions}. */
    public int bookmarkLength(int partitions) {
        return OTHER_WORDS + PlaceSeal.length(partitions) * 4 / 3;
    }

    /**
     * Returns {@code from} with its place opened, if it is sealed.
     *
     * @throws io.laundrybridge.protocol.RefusedLineException with code {@code bad_position} if it is no place of
     *     {@code owner}
     */
    public @Nullable StartFrom open(@Nullable StartFrom from, PlaceOwner owner) {
        if (!(from instanceof StartFrom.Sealed sealed)) {
            return from;
        }
        return new StartFrom.At(open(sealed.place(), owner));
    }

    /**
     * Opens {@code place}.
     *
     * @throws io.laundrybridge.protocol.RefusedLineException with code {@code bad_position} if it is no place of
     *     {@code owner}
     */
    public Position open(SealedPlace place, PlaceOwner owner) {
        if (seal == null) {
            throw SealedPlace.refusal();
        }
        return seal.open(place, owner);
    }

    /**
     * Refuses an open place of {@code owner} if that may learn no offset. An answer to it would tell how far the stream
     * has come, and so how many records of others there are.
     *
     * @throws io.laundrybridge.protocol.RefusedLineException with code {@code bad_position}
     */
    public void refuseOpen(PlaceOwner owner) {
        if (hidesOffsets(owner)) {
            throw SealedPlace.refusal();
        }
    }

    /**
     * Returns whether {@code from}, as the client sent it, is the place {@code opened}, which was earned under the
     * grant that {@code owner} has, or counts under any. An open place of a reader that may learn no offset never is,
     * whatever it says.
     */
    public boolean isEarned(@Nullable StartFrom from, @Nullable StartFrom opened, PlaceOwner owner) {
        if (from instanceof StartFrom.At && hidesOffsets(owner)) {
            return false;
        }
        return !(opened instanceof StartFrom.At at)
                || at.position().tag().equals(owner.tag())
                || at.position().tag().equals(Position.ANY_READER);
    }
}
