package io.laundrybridge.session.feed;

/**
 * A channel that a session reads.
 *
 * @param name the channel's name
 * @param lag how many events of the log the session has yet to read
 * @param behindMillis the age of the oldest of these events by its timestamp
 */
public record ReadChannel(String name, long lag, long behindMillis) {}
