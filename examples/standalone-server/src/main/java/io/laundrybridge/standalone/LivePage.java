package io.laundrybridge.standalone;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page that is made anew once per second at most, so that its cost does not grow with the requests. Thread-safe. */
final class LivePage {
    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final long AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<Page> maker;

    // Guarded by this.
    private @Nullable Page newest;
    private long madeAt;

    LivePage(Supplier<Page> maker) {
        this.maker = maker;
    }

    synchronized Page now() {
        Page page = newest;
        if (page == null || System.nanoTime() - madeAt >= AGE_NANOS) {
            page = made();
            newest = page;
            madeAt = System.nanoTime();
        }
        return page;
    }

    private Page made() {
        try {
            return maker.get();
        } catch (RuntimeException e) {
            LOG.warn("A page about the server cannot be made", e);
            return new Page(500, "text/plain; charset=utf-8", "Internal Server Error");
        }
    }
}
