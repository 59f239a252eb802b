package io.laundrybridge.source.kafka;

/** Receives what the watcher finds. Called on the watcher's thread; must return at once. */
interface TopicReports {

    /** The topic exists and looks like this. Comes with every check. */
    void seen(TopicView topic);

    /** The topic does not exist. Comes with every check that finds it missing. */
    void missing();

    /** A question cannot be answered yet because of {@code cause}. It stays open. */
    void unanswered(StaleCause cause);

    /** The topic reaches this far. Comes with every check that could find it out. */
    void ends(TopicEnds ends);

    /** A question is answered. */
    void answered(TopicOffsets offsets);

    /** No client can be made of these properties. Trying again would not help. */
    void refused(Throwable cause);
}
