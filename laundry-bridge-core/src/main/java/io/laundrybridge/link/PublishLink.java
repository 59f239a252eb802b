package io.laundrybridge.link;

import io.laundrybridge.channel.ChannelPhase;
import io.laundrybridge.publish.InboundChannel;
import io.laundrybridge.publish.PublishPolicy;
import io.laundrybridge.publish.RecordSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The way of publishes from an endpoint to a sink. Thread-safe. */
public final class PublishLink implements Link {
    private final InboundChannel inbound;
    private final PublishPolicy policy;
    private final RecordSink sink;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Condition condition = new Condition(ChannelPhase.LOADING, "", true);

    /** Makes the connection, of which {@code inbound} knows now. */
    public PublishLink(InboundChannel inbound, PublishPolicy policy, RecordSink sink) {
        this.inbound = inbound;
        this.policy = policy;
        this.sink = sink;
        inbound.announce(policy);
    }

    @Override
    public String name() {
        return inbound.name();
    }

    @Override
    public void listen(Runnable changed) {
        listeners.add(changed);
    }

    @Override
    public Condition condition() {
        return condition;
    }

    @Override
    public void connect(BooleanSupplier over) {
        lock.lock();
        try {
            if (over.getAsBoolean()) {
                return;
            }
            RecordSink.Connection opened = sink.connect(inbound.services());
            try {
                inbound.attach(policy, opened, this::follow);
            } catch (RuntimeException | Error e) {
                Connection.close(opened);
                throw e;
            }
            follow(opened.trouble());
            if (over.getAsBoolean()) {
                inbound.detach(policy); // a stop during attach came too early for it
            }
        } finally {
            lock.unlock();
        }
    }

    private void follow(String trouble) {
        condition = trouble.isEmpty()
                ? new Condition(ChannelPhase.LIVE, "", true)
                : new Condition(ChannelPhase.STALE, "publishes are not stored: " + trouble, true);
        listeners.forEach(Runnable::run);
    }

    @Override
    public void disconnect() {
        lock.lock();
        try {
            Connection.close(() -> inbound.detach(policy));
        } finally {
            lock.unlock();
        }
    }
}
