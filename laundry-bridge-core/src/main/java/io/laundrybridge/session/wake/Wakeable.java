package io.laundrybridge.session.wake;

/** A session, as seen by the classes that wake it. Confined to its worker. */
public interface Wakeable {

    /** Sends what waits. */
    void pump();

    /** Ends the session because of {@code failure}, which was not foreseen. Throws nothing. */
    void broken(Throwable failure);
}
