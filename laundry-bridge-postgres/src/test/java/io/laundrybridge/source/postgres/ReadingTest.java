package io.laundrybridge.source.postgres;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.source.ReadRequest;
import io.laundrybridge.source.SourceReader;
import io.laundrybridge.test.contract.SourceTape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Opens sources and closes them after the test. */
abstract class ReadingTest {
    static final Duration HOUR = Duration.ofHours(1);

    private final List<SourceReader> readers = new ArrayList<>();

    /** Reads everything that the source has. */
    final SourceTape read(PostgresSource source) {
        return read(source, ReadRequest.WHOLE);
    }

    final SourceTape read(PostgresSource source, Duration history) {
        SourceTape tape = new SourceTape();
        readers.add(source.open(new ReadRequest("machines", history, HostServices.standard()), tape));
        return tape;
    }

    @AfterEach
    void closeReaders() {
        readers.forEach(SourceReader::close);
    }

    static void run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
