package io.laundrybridge.test.delivery;

/** A gap that a client received: the offsets [from, to) of a partition. */
public record GapNotice(int partition, long from, long to, String reason) {

    /** Returns whether the gap contains this offset. */
    public boolean covers(int ofPartition, long offset) {
        return ofPartition == partition && from <= offset && offset < to;
    }

    @Override
    public String toString() {
        return partition + "@[" + from + ", " + to + ") " + reason;
    }
}
