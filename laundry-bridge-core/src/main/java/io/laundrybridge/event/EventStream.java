package io.laundrybridge.event;

/**
 * The stream of one channel, as a bridge hands it to its sinks. Only bridges make streams, and only the library's sinks
 * read them; another sink may pass them on.
 */
public interface EventStream {

    /** {@return the name of the channel} */
    String name();
}
