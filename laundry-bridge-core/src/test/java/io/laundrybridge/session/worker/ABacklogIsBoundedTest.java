package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.config.Settings;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker that stands still while a client goes on. */
public class ABacklogIsBoundedTest {
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final EndpointContext context = new EndpointContext(
            SessionLimits.from(Settings.of(Map.of("laundry-bridge.limits.inbound-backlog", "100"))),
            Duration.ofSeconds(25),
            HostServices.standard(),
            new EndpointChannels(HostServices.standard(), AccessLimits.DEFAULT),
            BlockingCalls.on(Runnable::run));
    private final DrainWorker worker = new DrainWorker(0, context, tasks);
    private final CountDownLatch stands = new CountDownLatch(1);
    private final CountDownLatch still = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();

    private final class Client implements Transport {
        private final AtomicInteger pongs = new AtomicInteger();

        @Override
        public void send(Frame frame, SendCompletion completion) {
            pongs.addAndGet(frame.text().split("pong", -1).length - 1);
            completion.done(null);
        }

        @Override
        public void ping(SendCompletion completion) {}

        @Override
        public int maxBatchBytes() {
            return 64 << 10;
        }

        @Override
        public void close(int code, String reason) {
            closed.set(code);
        }

        @Override
        public void abort() {}
    }

    @AfterEach
    void stops() throws Exception {
        worker.stop();
        worker.join(5_000);
    }

    @Test
    void linesThatWaitAreOneTaskAndNoMoreThanAllowed() throws Exception {
        Client client = new Client();
        Session session = Session.on(
                worker,
                context,
                client,
                SessionLogin.none(Caller.ANONYMOUS),
                ABacklogIsBoundedTest::begin,
                SessionAudit.none(),
                () -> {});
        worker.start();
        session.settled(); // a newcomer's lines are a turn instead
        session.open();
        worker.executeInTurn(this::standStill); // once the session has begun
        assertThat(stands.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 100; i++) {
            session.inbound().text("{\"op\":\"ping\",\"id\":1}", true);
        }
        assertThat(tasks).hasSize(1);
        still.countDown();
        Await.until("every answer", Duration.ofSeconds(10), () -> client.pongs.get() == 100);
        assertThat(closed.get()).isZero();
    }

    @Test
    void oneMoreCloses4429() {
        Client client = new Client();
        Session session = Session.on(
                worker,
                context,
                client,
                SessionLogin.none(Caller.ANONYMOUS),
                ABacklogIsBoundedTest::begin,
                SessionAudit.none(),
                () -> {});
        for (int i = 0; i < 101; i++) {
            session.inbound().text("{\"op\":\"ping\",\"id\":1}", true);
        }
        worker.start();
        still.countDown();
        Await.until("the close", Duration.ofSeconds(10), () -> closed.get() == 4429);
    }

    private static Conversation begin(Session session) {
        return new FullDialect().begin(session, new Handshake(List.of(), Map.of(), Caller.ANONYMOUS), () -> {});
    }

    private void standStill() {
        stands.countDown();
        try {
            still.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
