package io.laundrybridge.source.postgres;

import io.laundrybridge.source.EventSource;
import io.laundrybridge.test.contract.SourceContract;

/** Tests that a table keeps the promises of every source. Its one partition is enough for them. */
class PostgresSourceTest extends SourceContract {
    private final TestPostgres postgres = TestPostgres.shared();
    private final PostgresTable table = postgres.newTable();
    private final PostgresSource source = postgres.source(table);

    @Override
    protected EventSource source() {
        return source;
    }

    @Override
    protected void publish(String key, String value) {
        postgres.insert(table, key, value);
    }
}
