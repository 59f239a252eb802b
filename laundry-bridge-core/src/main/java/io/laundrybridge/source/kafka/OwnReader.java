package io.laundrybridge.source.kafka;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The kind of a loop that reads one topic: for ever, or until the topic can go back to the loop that it shares. */
final class OwnReader implements LoopKind {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final @Nullable Consumer<TopicReader> home;
    private long lookedAt;
    private boolean looked;

    /** Reads the topic of {@code settings}; {@code home} takes it back, or is null if it stays here. */
    OwnReader(KafkaSettings settings, @Nullable Consumer<TopicReader> home) {
        this.settings = settings;
        this.home = home;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String threadName() {
        return settings.topic();
    }

    @Override
    public String label() {
        return "topic '" + settings.topic() + "'";
    }

    @Override
    public LiveConsumer consumer(boolean isCareful) {
        return new LiveConsumer(
                isCareful ? settings.carefulConsumer() : settings.consumer(), settings.readsFollowers());
    }

    @Override
    public PollPace pace(long now) {
        return settings.pace(now);
    }

    @Override
    public void move(PollLoop loop, List<TopicReader> topics) {
        Consumer<TopicReader> shared = home;
        if (shared == null || topics.size() != 1) {
            return;
        }
        TopicReader topic = topics.get(0);
        long now = topic.services().nanoTime().getAsLong();
        if (looked && now - lookedAt < LOOK.toNanos()) {
            return;
        }
        looked = true;
        lookedAt = now;
        if (topic.residence().returns(topic.reading().isWell(), now)) {
            loop.give(topic, shared);
        }
    }

    @Override
    public LoopKind away(TopicReader topic) {
        return this;
    }

    @Override
    public void ended(PollLoop loop) {}
}
