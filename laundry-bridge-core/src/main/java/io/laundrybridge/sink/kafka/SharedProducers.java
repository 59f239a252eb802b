package io.laundrybridge.sink.kafka;

import io.laundrybridge.host.HostServices;
import java.util.HashMap;
import java.util.Map;

/**
 * The producers of this JVM: one for all connections with equal properties, bounds and host. The last connection ends
 * it. Thread-safe.
 */
final class SharedProducers {
    private static final long LONGEST_STOP = 450;
    private static final SharedProducers OF_JVM = new SharedProducers();

    private final Map<Identity, Shared> open = new HashMap<>(); // guarded by this

    /** What connections of one producer have in common. */
    private record Identity(Map<String, Object> properties, int records, long bytes, HostServices services) {}

    private static final class Shared {
        private final SendLoop loop;
        private int users;

        Shared(SendLoop loop) {
            this.loop = loop;
        }
    }

    /** The share of one connection, to be released once. */
    interface Use {
        SendLoop loop();

        void release();
    }

    static SharedProducers ofJvm() {
        return OF_JVM;
    }

    synchronized Use use(ProducerSettings settings, int records, long bytes, HostServices services) {
        Identity identity = new Identity(settings.identity(), records, bytes, services);
        Shared found = open.get(identity);
        Shared shared = found == null || !found.loop.isRunning() ? started(settings, identity) : found;
        open.put(identity, shared);
        shared.users++;
        return new Use() {
            @Override
            public SendLoop loop() {
                return shared.loop;
            }

            @Override
            public void release() {
                if (isLast(identity, shared)) {
                    end(shared.loop);
                }
            }
        };
    }

    private static Shared started(ProducerSettings settings, Identity of) {
        SendLoop loop = new SendLoop(settings, new SendQueue(of.records, of.bytes, of.services), of.services);
        loop.start();
        return new Shared(loop);
    }

    private synchronized boolean isLast(Identity identity, Shared shared) {
        shared.users--;
        if (shared.users == 0) {
            open.remove(identity, shared);
        }
        return shared.users == 0;
    }

    private static void end(SendLoop loop) {
        try {
            loop.stop(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
