package io.laundrybridge.source.postgres;

import io.laundrybridge.event.SourceRecord;
import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.DeadLetters;
import io.laundrybridge.source.EventSource;
import io.laundrybridge.source.HistoryReader;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.RecordHandler;
import io.laundrybridge.source.SourceReader;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of PostgreSQL to which rows are only added, read in the order of its id column. The table is one partition,
 * and the id is the offset. Thread-safe.
 *
 * <p>A row is handed over once its transaction has committed, and after all rows with lower ids: it waits for the open
 * transactions that could still add some. Ids that no row uses, such as those of a rollback, are holes. History is read
 * by queries. A notification wakes the reader ({@link PostgresTable#triggerSql}); without one it looks once per second.
 *
 * <p>While PostgreSQL or the table is missing, the source tries again after pauses of 0.2 to 5 s, and its handlers are
 * stale for the reason. A table that was dropped, truncated or rewritten is a reset of reason {@code epoch}; a sequence
 * that went back is one of reason {@code truncated}. If rows were deleted while the source did not read, they are a gap
 * of reason {@code retention}; a row that is deleted within a second of its insert may never be seen.
 *
 * <p><b>Connections.</b> One for all readers of the source, and one per history reader; each is read-only. All
 * properties of PostgreSQL's driver are possible, such as {@code user}, {@code password} and {@code sslmode}. Defaults:
 * {@code connectTimeout} 5 s, {@code socketTimeout} 15 s, {@code tcpKeepAlive} true. A pool of connections that shares
 * them between transactions loses LISTEN; connect directly.
 *
 * <p><b>Threads.</b> {@code laundry-bridge-<table>-source} calls the handlers. It comes from the first reader's {@code
 * HostServices} and ends with the last reader.
 *
 * <p>Needs the primary of PostgreSQL 12 or later, USAGE on the schema, and SELECT on the table and on the sequence of
 * its id.
 */
public final class PostgresSource implements EventSource {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSource.class);

    private final PostgresTable table;
    private final PostgresConnections connections;
    private volatile @Nullable String epoch;
    private @Nullable TableLoop loop; // guarded by this

    private PostgresSource(PostgresTable table, PostgresConnections connections) {
        this.table = table;
        this.connections = connections;
    }

    /** Opens connections to the table. */
    interface Opener {
        TableConnection open() throws SQLException;
    }

    /**
     * {@return a source that reads {@code table}} Makes no connection yet.
     *
     * @param table the table and its columns
     * @param url the URL of PostgreSQL's driver, {@code jdbc:postgresql://host:port/database}
     * @param properties properties of the driver, {@code user} and {@code password} among them
     * @throws IllegalArgumentException if the URL is none of PostgreSQL's driver
     */
    public static PostgresSource table(PostgresTable table, String url, Map<String, String> properties) {
        return new PostgresSource(table, PostgresConnections.to(table.name(), url, properties));
    }

    /** {@return the table's name} */
    @Override
    public String name() {
        return table.name();
    }

    @Override
    public SourceReader open(ReadRequest request, RecordHandler handler) {
        TableHandler added = new TableHandler(request, handler);
        TableLoop running = attach(added, request.services());
        return () -> running.detach(added);
    }

    private synchronized TableLoop attach(TableHandler handler, HostServices services) {
        TableLoop running = loop;
        if (running == null || !running.attach(handler)) {
            running = new TableLoop(table.name(), this::connect, seen -> epoch = seen, services);
            running.attach(handler);
            running.start();
            loop = running;
        }
        return running;
    }

    private TableConnection connect() throws SQLException {
        return new TableConnection(table, connections.open());
    }

    @Override
    public HistoryReader history(HostServices services) {
        return new PostgresHistoryReader(table.name(), this::connect, () -> epoch);
    }

    /** {@return a log of the ids of rows that no channel could decode} The rows themselves stay in the table. */
    @Override
    public DeadLetters deadLetters() {
        return this::bury;
    }

    private void bury(SourceRecord record, String reason) {
        LOG.warn(
                "The row with {} = {} of table '{}' cannot be decoded and stays there: {}",
                table.id(),
                record.offset(),
                table.name(),
                reason);
    }
}
