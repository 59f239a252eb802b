package io.laundrybridge.session.queue;

/** A turn of a session that reads at a place. */
public interface PlacedTurn extends Runnable {

    /** Returns where the session reads on; near places are near numbers. It stays while the turn waits. */
    long place();
}
