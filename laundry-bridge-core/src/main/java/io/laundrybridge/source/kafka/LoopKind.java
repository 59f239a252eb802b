package io.laundrybridge.source.kafka;

import java.util.List;

/** What differs between a poll loop that topics share and one that a topic has to itself. */
interface LoopKind {

    /** Returns whether topics with trouble of their own leave. */
    boolean isShared();

    /** Returns what the names of the threads begin with. */
    String threadName();

    /** Returns what is read, for the log. */
    String label();

    /** Makes a consumer; a careful one gives one record per poll. */
    LiveConsumer consumer(boolean isCareful);

    /** Returns the pace of the polls. */
    PollPace pace(long now);

    /** Moves those of {@code topics} that another loop is to read. Called after each turn, on the poll thread. */
    void move(PollLoop loop, List<TopicReader> topics);

    /** Returns the kind of a loop for {@code topic} alone, until it can come back. */
    LoopKind away(TopicReader topic);

    /** Notes that {@code loop} has ended. */
    void ended(PollLoop loop);
}
