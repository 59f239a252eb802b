package io.laundrybridge.source.kafka;

/** What the watcher finds out. Called on the watcher's thread; must return at once. */
interface TopicReports {

    /** The topic is there and looks like this; comes with every check. */
    void seen(TopicView topic);

    /** The topic is not there; comes with every check that finds it missing. */
    void missing();

    /** A question cannot be answered yet, because of {@code cause}; it stays open. */
    void unanswered(StaleCause cause);

    /** How far the topic reaches; comes with every check that found it out. */
    void ends(TopicEnds ends);

    /** The answer to a question. */
    void answered(TopicOffsets offsets);

    /** No client can be made of these properties: trying again would not help. */
    void refused(Throwable cause);
}
