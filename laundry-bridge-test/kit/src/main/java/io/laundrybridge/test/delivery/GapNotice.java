package io.laundrybridge.test.delivery;

/** What a client was told may be missing: the offsets of a partition in [from, to). */
public record GapNotice(int partition, long from, long to, String reason) {

    /** Returns whether the gap speaks for this offset. */
    public boolean covers(int ofPartition, long offset) {
        return ofPartition == partition && from <= offset && offset < to;
    }

    @Override
    public String toString() {
        return partition + "@[" + from + ", " + to + ") " + reason;
    }
}
