package io.laundrybridge.warmup;

import io.laundrybridge.host.AuditListener;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.host.Meter;
import io.laundrybridge.host.Telemetry;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the services of a rehearsal: the host's threads under other names, and its clocks. Meters and audit are not the
 * host's.
 */
final class OwnServices {
    private static final String PREFIX = "laundry-bridge-";

    private OwnServices() {}

    /** Counts nothing. Not {@link Telemetry#NONE}, so that the guard around the host's telemetry is passed too. */
    private static final class Uncounted implements Telemetry {
        @Override
        public void add(Meter meter, String label, long amount) {
            // nobody looks
        }
    }

    /** Returns services that lend what {@code host} lends. */
    static HostServices of(HostServices host) {
        return new HostServices(
                renaming(host.threads()), host.clock(), host.nanoTime(), new Uncounted(), AuditListener.NONE);
    }

    /** Makes threads that call themselves {@code laundry-bridge-warm-up-ROLE} once they run. */
    private static ThreadFactory renaming(ThreadFactory threads) {
        return task -> threads.newThread(() -> {
            Thread own = Thread.currentThread();
            own.setName(PREFIX + "warm-up-" + own.getName().substring(PREFIX.length()));
            task.run();
        });
    }
}
