package io.laundrybridge.session.worker;

import io.laundrybridge.channel.log.Run;
import io.laundrybridge.channel.replay.ReplayAccount;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.place.Places;
import io.laundrybridge.session.select.TurnBudget;
import io.laundrybridge.session.start.ReadingSession;
import io.laundrybridge.session.wake.Timers;
import java.time.InstantSource;

/** What a session gives to the classes that read for it. Confined to the session's worker, except {@link #wake}. */
final class SessionReading implements ReadingSession {
    private final EndpointContext context;
    private final DrainWorker worker;
    private final Runnable pump;
    private final Timers.Alarm alarm;
    private final ReplayAccount replays = new ReplayAccount();

    /** Makes it for a session whose {@code pump} reads on, and which {@code alarm} makes read on later. */
    SessionReading(EndpointContext context, DrainWorker worker, Runnable pump, Timers.Alarm alarm) {
        this.context = context;
        this.worker = worker;
        this.pump = pump;
        this.alarm = alarm;
    }

    @Override
    public ReplayAccount replays() {
        return replays;
    }

    @Override
    public TurnBudget steps() {
        return worker.bench().steps();
    }

    @Override
    public Places places() {
        return worker.bench().places();
    }

    @Override
    public void sendsLive(String channel, Run run) {
        worker.bench().ages().sent(channel, run);
    }

    @Override
    public InstantSource clock() {
        return context.services().clock();
    }

    @Override
    public long nanoTime() {
        return context.nanoTime();
    }

    @Override
    public void wake() {
        worker.execute(pump);
    }

    @Override
    public void wakeIn(long nanos) {
        if (nanos > 0) {
            alarm.within(nanos);
        }
    }
}
