package io.laundrybridge.simulation;

/**
 * What happens to a fleet of equal nodes.
 *
 * @param name one word
 * @param nodes the nodes, which share nothing but the topic
 * @param processors of each node
 * @param sessions of each node; each reads all events
 * @param flushMillis the interval at which sessions get events
 * @param retainBytes the memory of the channel
 * @param rate the events of the topic
 * @param stalled the share of sessions that read nothing from {@link EventRate#from} to {@link EventRate#to}
 * @param lostNodes how many further nodes are lost at {@code lostAt}; their sessions come to the others
 * @param lostAt nanoseconds
 * @param costs the processor time of single steps
 * @param warmth how young the virtual machines are
 * @param seconds how long it lasts
 */
record Scenario(
        String name,
        int nodes,
        int processors,
        int sessions,
        int flushMillis,
        long retainBytes,
        EventRate rate,
        double stalled,
        int lostNodes,
        long lostAt,
        Costs costs,
        Warmth warmth,
        int seconds) {
    static final long SECOND = 1_000_000_000L;
    private static final int PROCESSORS = 4;
    private static final int RETAINED = 128 << 10;

    /** Ten times the usual rate for a minute, from the tenth second of the nodes' life on; half of the pages stall. */
    static Scenario overload(int nodes, int sessions) {
        return new Scenario(
                "overload",
                nodes,
                PROCESSORS,
                sessions,
                1_000,
                RETAINED,
                new EventRate(2, 20, 10 * SECOND, 70 * SECOND),
                0.5,
                0,
                0,
                Costs.MEASURED,
                Warmth.COLD,
                110);
    }

    /** One of {@code nodes} + 1 nodes is lost after half a minute; all are warm. */
    static Scenario loss(int nodes, int sessions) {
        return new Scenario(
                "loss",
                nodes,
                PROCESSORS,
                sessions,
                1_000,
                RETAINED,
                new EventRate(2, 2, 0, 0),
                0,
                1,
                30 * SECOND,
                Costs.MEASURED,
                Warmth.WARM,
                60);
    }

    /** Returns this scenario with one session for {@code many}, each of which costs as much as these. */
    Scenario oneFor(int many) {
        return new Scenario(
                name,
                nodes,
                processors,
                sessions / many,
                flushMillis,
                retainBytes,
                rate,
                stalled,
                lostNodes,
                lostAt,
                costs.times(many),
                warmth,
                seconds);
    }

    /** Returns the time by which a live session may be behind, in milliseconds. */
    long liveMillis() {
        return flushMillis + 1_000L;
    }

    /** Returns the number of sessions that come to each node from lost ones. */
    int newcomers() {
        return lostNodes * sessions / nodes;
    }
}
