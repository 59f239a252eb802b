package io.laundrybridge.example.database.capture;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The engine's store of offsets: it commits them together with the changes before them. The engine makes it by its
 * class name, so it finds its transaction by the name of the capture.
 */
public final class PlaceStore implements OffsetBackingStore {
    /** The engine's property with the name of the capture. */
    static final String CAPTURE = "laundry.capture";

    private static final Map<String, ChangeTransaction> TRANSACTIONS = new ConcurrentHashMap<>();

    private @Nullable ChangeTransaction changes;

    /** Gives {@code changes} to the store of the capture {@code name}. */
    static void lend(String name, ChangeTransaction changes) {
        TRANSACTIONS.put(name, changes);
    }

    @Override
    public void configure(WorkerConfig config) {
        changes = TRANSACTIONS.get(config.originalsStrings().get(CAPTURE));
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        for (ByteBuffer key : keys) {
            ByteBuffer value = changes().places().get(key);
            if (value != null) {
                found.put(key, value.duplicate());
            }
        }
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public Future<@Nullable Void> set(Map<ByteBuffer, ByteBuffer> places, Callback<@Nullable Void> done) {
        try {
            changes().commit(places);
            done.onCompletion(null, null);
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            done.onCompletion(e, null);
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connector) {
        return Set.of();
    }

    private ChangeTransaction changes() {
        return Objects.requireNonNull(changes, "the capture has no transaction");
    }
}
