package io.laundrybridge.session.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.channel.Channel;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.limits.AccessLimits;
import io.laundrybridge.limits.SessionLimits;
import io.laundrybridge.policy.Caller;
import io.laundrybridge.protocol.ClientLine;
import io.laundrybridge.protocol.CloseCode;
import io.laundrybridge.session.dialect.full.FullDialect;
import io.laundrybridge.session.endpoint.BlockingCallThreads;
import io.laundrybridge.session.endpoint.BlockingCalls;
import io.laundrybridge.session.endpoint.BlockingCalls.Lane;
import io.laundrybridge.session.endpoint.EndpointChannels;
import io.laundrybridge.session.endpoint.EndpointContext;
import io.laundrybridge.session.endpoint.SessionAudit;
import io.laundrybridge.session.login.SessionLogin;
import io.laundrybridge.session.socket.Frame;
import io.laundrybridge.session.socket.Handshake;
import io.laundrybridge.session.socket.SendCompletion;
import io.laundrybridge.session.socket.Transport;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.CountingTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A container that takes long to close sockets. */
public class ClosesDoNotWaitForEachOtherTest {
    private static final int MANY = 100;
    private static final Handshake HANDSHAKE = new Handshake(List.of(), Map.of(), Caller.ANONYMOUS);

    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final BlockingCallThreads closer =
            new BlockingCallThreads(HostServices.standard().withTelemetry(telemetry));
    private final CountDownLatch container = new CountDownLatch(1);

    @AfterEach
    void theContainerComesRound() {
        container.countDown();
        closer.finish(Duration.ofSeconds(5));
        assertThat(telemetry.sum(Meter.CLOSES_WAITING)).isZero();
    }

    @Test
    void anAbortGoesPastClosesThatBlock() throws Exception {
        for (int i = 0; i < MANY; i++) {
            closer.run(Lane.CLOSE, this::block);
        }
        assertThat(telemetry.sum(Meter.CLOSES_WAITING)).isEqualTo(MANY);
        CountDownLatch aborted = new CountDownLatch(1);
        closer.run(Lane.ABORT, aborted::countDown);
        assertThat(aborted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPingForWhichNoThreadIsFreeIsNotTaken() {
        int taken = 0;
        while (closer.run(Lane.PING, this::block)) {
            taken++;
        }
        assertThat(taken).isEqualTo(8);
    }

    @Test
    void aSessionWhosePingIsLeftOutGoesOn() throws Exception {
        OneWorker one = new OneWorker((lane, task) -> lane != Lane.PING);
        try {
            AtomicInteger leftOut = new AtomicInteger();
            AtomicInteger asked = new AtomicInteger();
            one.session(new Broken(), of -> new PingsOnce(leftOut, asked), () -> {});
            one.settle();
            assertThat(leftOut.get()).isEqualTo(1);
            assertThat(asked.get()).isEqualTo(2);
        } finally {
            one.close();
        }
    }

    @Test
    void aSessionCountsUntilItsSocketHasBeenDropped() throws Exception {
        Queue<Runnable> aborts = new ConcurrentLinkedQueue<>();
        AtomicInteger ended = breaksWith((lane, task) -> aborts.add(task), () -> !aborts.isEmpty());
        assertThat(ended.get()).isZero();
        Objects.requireNonNull(aborts.poll()).run();
        assertThat(ended.get()).isEqualTo(1);
    }

    @Test
    void aSessionForWhoseSocketThereIsNoThreadCountsNoMore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger ended = breaksWith(
                (lane, task) -> {
                    asked.incrementAndGet();
                    throw new OutOfMemoryError("unable to create native thread");
                },
                () -> asked.get() > 0);
        assertThat(ended.get()).isEqualTo(1);
    }

    /** How often a session ended whose first send broke, once {@code dropped}. */
    private static AtomicInteger breaksWith(BlockingCalls elsewhere, BooleanSupplier dropped) throws Exception {
        EndpointContext context = new EndpointContext(
                SessionLimits.DEFAULT,
                Duration.ofSeconds(25),
                HostServices.standard(),
                new EndpointChannels(HostServices.standard(), AccessLimits.DEFAULT),
                elsewhere);
        DrainWorker worker = new DrainWorker(0, context);
        worker.start();
        AtomicInteger ended = new AtomicInteger();
        Session session = Session.on(
                worker,
                context,
                new Broken(),
                SessionLogin.none(Caller.ANONYMOUS),
                of -> new FullDialect().begin(of, HANDSHAKE, () -> {}),
                SessionAudit.none(),
                ended::incrementAndGet);
        session.open();
        Await.until("the abort", Duration.ofSeconds(10), dropped::getAsBoolean);
        worker.execute(session::gone);
        worker.stop();
        worker.join(5_000);
        return ended;
    }

    private void block() {
        try {
            container.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says a ping and nothing else. */
    private record PingsOnce(AtomicInteger leftOut, AtomicInteger asked) implements Conversation {
        @Override
        public void opened() {}

        @Override
        public void line(ClientLine line) {}

        @Override
        public void pong() {}

        @Override
        public void pingLeftOut() {
            leftOut.incrementAndGet();
        }

        @Override
        public @Nullable Frame next() {
            return asked.incrementAndGet() == 1 ? Frame.ping() : null;
        }

        @Override
        public Outlook outlook() {
            return Outlook.UNSURE;
        }

        @Override
        public void tick(long now) {}

        @Override
        public void removed(Channel channel) {}

        @Override
        public @Nullable Frame bye(CloseCode code, long retryAfterMillis) {
            return null;
        }

        @Override
        public void ended() {}
    }

    /** A socket that takes nothing. */
    private static final class Broken implements Transport {
        @Override
        public void send(Frame frame, SendCompletion completion) {
            completion.done(new IOException("broken"));
        }

        @Override
        public void ping(SendCompletion completion) {}

        @Override
        public int maxBatchBytes() {
            return 1_024;
        }

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}
    }
}
