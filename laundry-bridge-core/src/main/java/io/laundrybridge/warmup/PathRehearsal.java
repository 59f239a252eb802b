package io.laundrybridge.warmup;

import io.laundrybridge.channel.replay.Replays;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.ReplayLimits;
import io.laundrybridge.link.Link;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.source.InMemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Carries records from a source in memory to clients without a network: the whole path but Kafka's client and the
 * container. Has channels, a sink, replays and threads of its own.
 */
final class PathRehearsal implements Rehearsal {
    private static final String EVENTS = "warm-up";
    private static final String STATE = "warm-up-state";
    private static final int KEPT = 4_000;
    /** The batches of a round that clients get one by one, and then again that many at once. */
    private static final int BATCHES = 20;

    private static final int BATCH = 25;
    /** Short, so that beats come by time too. */
    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    private final HostServices services;
    private final BooleanSupplier over;
    private final Queue<Runnable> reads = new ConcurrentLinkedQueue<>();
    private final InMemorySource source = InMemorySource.named("warm-up", 1, KEPT, reads::add);
    private final Replays replays;
    private final List<Link> links = new ArrayList<>();
    private final Audience audience;
    /** The clients that get every event at once, and those that get it at a tick. */
    private final List<RehearsalClient> prompt = new ArrayList<>();

    private final List<RehearsalClient> gathering = new ArrayList<>();
    private long published;

    /** Opens channels and sessions, with what {@code host} lends. */
    PathRehearsal(HostServices host, BooleanSupplier over) {
        this.services = OwnServices.of(host);
        this.over = over;
        this.replays = Replays.of(ReplayLimits.DEFAULT, services);
        WebSocketSink sink = WebSocketSink.builder("/warm-up")
                .services(services)
                .workers(1)
                .heartbeat(HEARTBEAT)
                .build();
        this.audience = new Audience(sink, over);
        boolean open = false;
        try {
            for (String channel : List.of(EVENTS, STATE)) {
                links.add(OwnChannel.of(channel, channel.equals(STATE), source, sink, replays, services));
            }
            links.forEach(link -> link.connect(over));
            read();
            if (!over.getAsBoolean()) { // else the sink may have no channel, and would refuse clients
                seat();
            }
            open = true;
        } finally {
            if (!open) {
                close();
            }
        }
    }

    private void seat() {
        for (int i = 0; i < 6; i++) {
            prompt.add(audience.full(EVENTS, ",\"from\":\"live\""));
        }
        prompt.add(audience.full(EVENTS, ",\"where\":{\"ge\":[\"/temperature\",0]}"));
        prompt.add(audience.full(EVENTS, ",\"where\":{\"exists\":\"/site/name\"},\"keys\":[\"m-*\"]"));
        gathering.add(audience.full(EVENTS, ",\"flush\":10"));
        gathering.add(audience.full(EVENTS, ",\"flush\":10"));
        List<RehearsalClient> full = new ArrayList<>(prompt);
        full.addAll(gathering);
        full.add(audience.full(STATE, "")); // may get the newest of each key alone
        full.add(audience.full(STATE, ",\"every\":10"));
        audience.await(full, RehearsalClient::isLive);
        prompt.add(audience.plain(EVENTS));
        prompt.add(audience.plain(EVENTS));
    }

    @Override
    public long round() {
        RehearsalClient former = audience.full(EVENTS, "");
        audience.await(List.of(former), RehearsalClient::isLive);
        long begin = services.nanoTime().getAsLong();
        for (int i = 0; i < BATCHES && !over.getAsBoolean(); i++) {
            publish(BATCH);
            audience.await(prompt, client -> client.events() == published);
        }
        publish(BATCHES * BATCH);
        audience.await(prompt, client -> client.events() == published);
        long took = services.nanoTime().getAsLong() - begin;
        audience.await(gathering, client -> client.events() == published);
        resume(former);
        return took;
    }

    /** Has clients come back to a place in memory and to one before it, and others that begin. */
    private void resume(RehearsalClient former) {
        if (over.getAsBoolean()) {
            return;
        }
        List<RehearsalClient> guests = List.of(
                audience.full(EVENTS, ",\"from\":\"at:" + former.position() + "\""),
                audience.full(EVENTS, ",\"from\":\"earliest\""),
                audience.full(EVENTS, ",\"from\":\"last:100\""),
                audience.full(STATE, ",\"from\":\"snapshot\""));
        audience.await(guests, RehearsalClient::isLive);
        audience.leave(List.of(former));
        audience.leave(guests);
    }

    private void publish(int records) {
        for (int i = 0; i < records; i++) {
            var unused = source.publish(MachineRecords.key(published), MachineRecords.value(published));
            published++;
        }
        read();
    }

    /** Has the channels read what the source has; this thread is the source's. */
    private void read() {
        for (Runnable next = reads.poll(); next != null; next = reads.poll()) {
            next.run();
        }
    }

    @Override
    public long lines() {
        return audience.lines();
    }

    @Override
    public void close() {
        audience.leave();
        links.forEach(Link::disconnect);
        replays.close();
    }
}
