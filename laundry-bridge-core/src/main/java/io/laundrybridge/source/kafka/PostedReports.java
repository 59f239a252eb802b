package io.laundrybridge.source.kafka;

/** Carries the watcher's reports to the poll thread. */
record PostedReports(Mailbox mailbox, TopicReports receiver) implements TopicReports {

    @Override
    public void seen(TopicView topic) {
        mailbox.post(() -> receiver.seen(topic));
    }

    @Override
    public void missing() {
        mailbox.post(receiver::missing);
    }

    @Override
    public void unanswered(StaleCause cause) {
        mailbox.post(() -> receiver.unanswered(cause));
    }

    @Override
    public void ends(TopicEnds ends) {
        mailbox.post(() -> receiver.ends(ends));
    }

    @Override
    public void answered(TopicOffsets offsets) {
        mailbox.post(() -> receiver.answered(offsets));
    }

    @Override
    public void refused(Throwable cause) {
        mailbox.post(() -> receiver.refused(cause));
    }
}
