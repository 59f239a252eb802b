package io.laundrybridge.source.postgres;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides below which id no row can appear any more, although ids are taken before their transactions end.
 *
 * <p>An insert locks the table for writing before it takes an id, and keeps the lock until its transaction has ended
 * and can be seen. So an id that was seen, or taken, is settled once every transaction that held the lock afterwards
 * has ended; this counts for all lower ids too. Confined to one thread.
 */
final class OpenWriters {
    private long settled;
    private long wanted = -1;
    private final Set<String> open = new HashSet<>();

    /** Returns the id below which no row can appear any more. */
    long settled() {
        return settled;
    }

    /** Forgets everything, because the table begins another life. */
    void clear() {
        settled = 0;
        wanted = -1;
        open.clear();
    }

    /**
     * Settles the ids below {@code id}, which was seen or taken before this call.
     *
     * @return whether they are settled; if not, some transactions are still open
     */
    boolean settle(TableConnection connection, TableLife life, long id) throws SQLException {
        if (id <= settled) {
            return true;
        }
        Set<String> writers = connection.writers(life);
        if (wanted >= 0) {
            open.retainAll(writers);
            if (open.isEmpty()) {
                settled = Math.max(settled, wanted);
                wanted = -1;
            }
        }
        if (wanted < 0 && id > settled) {
            wanted = id;
            open.addAll(writers);
            if (open.isEmpty()) {
                settled = id;
                wanted = -1;
            }
        }
        return id <= settled;
    }
}
