package io.laundrybridge.session.place;

import static io.laundrybridge.config.BridgeSettings.SECRET;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.event.PositionVector;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.policy.Grant;
import io.laundrybridge.protocol.Position;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's decision whether places of restricted readers are sealed: they are if there is a secret. Without one,
 * a warning says once what offsets tell. Thread-safe.
 */
public final class PlaceSealing {
    private static final Logger LOG = LoggerFactory.getLogger("io.laundrybridge.session");

    private final @Nullable PlaceSecret secret;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    /** Seals outside sessions; guarded by lock. */
    private final @Nullable PlaceSeal seal;

    /** Seals with {@code secret}; with null, places are open. */
    public PlaceSealing(@Nullable PlaceSecret secret) {
        this.secret = secret;
        this.seal = secret == null ? null : new PlaceSeal(secret);
    }

    /** Returns the places of one worker. */
    public Places places() {
        return new Places(secret);
    }

    /** Returns whether places are sealed if offsets could tell something. */
    public boolean seals() {
        return secret != null;
    }

    /**
     * Returns the text of a place of no session, at which any reader of {@code channel} may start or wait.
     *
     * @param sealed whether only a server may read it; there must be a secret
     * @param grants whether readers of the channel have different grants
     */
    public String forAnyReader(
            String channel, boolean sealed, boolean grants, String epoch, Instant issuedAt, PositionVector vector) {
        Position position = new Position(epoch, issuedAt, grants ? Position.ANY_READER : "", vector);
        if (!sealed || seal == null) {
            return position.toString();
        }
        lock.lock();
        try {
            return seal.seal(position, channel).toString();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the reader of {@code channel} that {@code caller} is under {@code grant}. */
    public PlaceOwner owner(Channel channel, Caller caller, Grant grant) {
        if (grant instanceof Grant.Rows) {
            warn(channel.name());
        }
        return PlaceOwner.of(channel, caller, grant);
    }

    /** Warns of open places, once, because sessions may be restricted to some rows of {@code channel}. */
    public void warn(String channel) {
        if (secret == null && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "Sessions may read some rows of channel '{}' only, and the places that they get are open: offsets"
                            + " tell them how many other rows there are, and when they come. To seal these places set"
                            + " {} on all nodes to a text of 32 characters or more",
                    channel,
                    SECRET);
        }
    }
}
