package io.laundrybridge.session.place;

import io.laundrybridge.protocol.Position;
import io.laundrybridge.protocol.SealedPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens places with AES-GCM of 256 bits. A sealed place has a version, the salt of its key, a random nonce
 * and the sealed content. It is bound to the channel and the user of its owner, or to the channel only. Confined to its
 * worker, or guarded by a lock.
 */
final class PlaceSeal {
    private static final byte OF_OWNER = 1;
    private static final byte OF_CHANNEL = 2;
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int HEAD = 1 + SALT + NONCE;
    private static final int CHECK = 16;
    /** Random nonces are safe for 2^32 places of a key; this is well below. */
    private static final int MOST_PER_KEY = 1 << 28;
    /** Random bytes are fetched for so many places at once. */
    private static final int NONCES = 64;

    private final PlaceSecret secret;
    private final SecureRandom random = new SecureRandom();
    private final Cipher cipher = cipher();
    private final byte[] salt = new byte[SALT];
    private final byte[] nonces = new byte[NONCE * NONCES];
    private int usedNonces = NONCES;
    private int sealed;
    private byte[] content = {};
    private @Nullable SecretKeySpec key;

    PlaceSeal(PlaceSecret secret) {
        this.secret = secret;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no AES-GCM, which every Java platform must have", e);
        }
    }

    /** Returns the number of bytes of a sealed place of {@code partitions}. */
    static int length(int partitions) {
        return HEAD + PlaceLayout.length(partitions) + CHECK;
    }

    /** Returns {@code position}, sealed for {@code owner}. */
    SealedPlace seal(Position position, PlaceOwner owner) {
        return seal(position, OF_OWNER, ofOwner(owner));
    }

    /** Returns {@code position}, sealed for any reader of {@code channel}. */
    SealedPlace seal(Position position, String channel) {
        return seal(position, OF_CHANNEL, ofChannel(channel));
    }

    private SealedPlace seal(Position position, byte version, byte[] bond) {
        int length = PlaceLayout.length(position.vector().partitions());
        content = content.length == length ? content : new byte[length];
        Arrays.fill(content, (byte) 0);
        PlaceLayout.write(position, ByteBuffer.wrap(content));
        SecretKeySpec present = key();
        byte[] place = new byte[HEAD + length + CHECK];
        place[0] = version;
        System.arraycopy(salt, 0, place, 1, SALT);
        nonce(place);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, present, nonceOf(place));
            cipher.updateAAD(bond);
            cipher.doFinal(content, 0, length, place, HEAD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a place could not be sealed", e);
        }
        return new SealedPlace(place);
    }

    private SecretKeySpec key() {
        SecretKeySpec present = key;
        if (present == null || sealed >= MOST_PER_KEY) {
            random.nextBytes(salt);
            present = secret.present().derived(salt);
            key = present;
            sealed = 0;
        }
        sealed++;
        return present;
    }

    private void nonce(byte[] place) {
        if (usedNonces == NONCES) {
            random.nextBytes(nonces);
            usedNonces = 0;
        }
        System.arraycopy(nonces, NONCE * usedNonces++, place, 1 + SALT, NONCE);
    }

    private static GCMParameterSpec nonceOf(byte[] place) {
        return new GCMParameterSpec(8 * CHECK, place, 1 + SALT, NONCE);
    }

    /** Returns what makes a place one of this channel and this user only. */
    private static byte[] ofOwner(PlaceOwner owner) {
        byte[] channel = owner.channel().getBytes(StandardCharsets.UTF_8);
        byte[] user = owner.user().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + channel.length + user.length)
                .putInt(channel.length)
                .put(channel)
                .put(user)
                .array();
    }

    /** Returns what makes a place one of this channel only. No owner's has a negative length. */
    private static byte[] ofChannel(String channel) {
        byte[] name = channel.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + name.length)
                .putInt(-1)
                .put(name)
                .array();
    }

    /**
     * Returns the position in {@code place}, if it was sealed for {@code owner}, or for any reader of its channel.
     *
     * @throws io.laundrybridge.protocol.RefusedLineException with code {@code bad_position} if it was not
     */
    Position open(SealedPlace place, PlaceOwner owner) {
        byte[] bytes = place.bytes();
        if (bytes.length < length(0) || (bytes[0] != OF_OWNER && bytes[0] != OF_CHANNEL)) {
            throw SealedPlace.refusal();
        }
        byte[] bond = bytes[0] == OF_OWNER ? ofOwner(owner) : ofChannel(owner.channel());
        byte[] itsSalt = Arrays.copyOfRange(bytes, 1, 1 + SALT);
        for (PlaceKey each : secret.keys()) {
            byte[] opened = open(bytes, each.derived(itsSalt), bond);
            if (opened != null) {
                return PlaceLayout.read(ByteBuffer.wrap(opened));
            }
        }
        throw SealedPlace.refusal();
    }

    private byte @Nullable [] open(byte[] place, SecretKeySpec by, byte[] bond) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, by, nonceOf(place));
            cipher.updateAAD(bond);
            return cipher.doFinal(place, HEAD, place.length - HEAD);
        } catch (AEADBadTagException forged) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a place could not be opened", e);
        }
    }
}
