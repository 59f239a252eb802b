package io.laundrybridge.source.kafka;

import java.util.function.Consumer;

/** Carries the watcher's reports to the poll thread. */
record PostedReports(Consumer<Runnable> mailbox, TopicReports receiver) implements TopicReports {

    @Override
    public void seen(TopicView topic) {
        mailbox.accept(() -> receiver.seen(topic));
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
        mailbox.accept(() -> receiver.ends(ends));
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
