package io.laundrybridge.source.kafka;

import java.util.function.Consumer;

/**
 * Carries the watcher's reports to the poll thread. What comes every two seconds of each topic does not end its poll,
 * which takes half a second at most.
 *
 * @param mailbox posts what the poll thread is to know soon
 * @param lazily posts what it is to know before its next poll
 */
record PostedReports(Consumer<Runnable> mailbox, Consumer<Runnable> lazily, TopicReports receiver)
        implements TopicReports {

    @Override
    public void seen(TopicView topic) {
        lazily.accept(() -> receiver.seen(topic));
    }

    @Override
    public void missing() {
        mailbox.accept(receiver::missing);
    }

    @Override
    public void unanswered(StaleCause cause) {
        mailbox.accept(() -> receiver.unanswered(cause));
    }

    @Override
    public void ends(TopicEnds ends) {
        lazily.accept(() -> receiver.ends(ends));
    }

    @Override
    public void answered(TopicOffsets offsets) {
        mailbox.accept(() -> receiver.answered(offsets));
    }

    @Override
    public void refused(Throwable cause) {
        mailbox.accept(() -> receiver.refused(cause));
    }
}
