package io.laundrybridge.test.delivery;

/**
 * An event that a client received.
 *
 * @param epoch the leader epoch, -1 where the event named none
 * @param content what {@link EventContent} makes of key and value
 */
public record Delivery(int partition, long offset, int epoch, int content) {

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
