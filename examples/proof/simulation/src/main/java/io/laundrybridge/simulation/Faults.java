package io.laundrybridge.simulation;

/** What clients of a node saw that should not be, and the connections that the node gave up. */
final class Faults {
    long missing;
    long repeated;
    long gaps;
    long dropped;

    void add(Faults other) {
        missing += other.missing;
        repeated += other.repeated;
        gaps += other.gaps;
        dropped += other.dropped;
    }

    @Override
    public String toString() {
        return "missing " + missing + ", repeated " + repeated + ", gaps " + gaps + ", connections given up " + dropped;
    }
}
