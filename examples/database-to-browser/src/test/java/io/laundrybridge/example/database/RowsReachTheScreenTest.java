package io.laundrybridge.example.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.standalone.Container;
import io.laundrybridge.test.Await;
import io.laundrybridge.test.client.FullClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The whole way but for the browser, which {@code browser-test} adds. */
@Tag("kafka")
class RowsReachTheScreenTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ROW = "insert into machine (id, site, kind, state, energy_kwh) values ('%s', 'Altona',"
            + " 'washer', 'idle', 1.250)";

    private static void sql(DatabaseAddress database, String text) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static List<JsonNode> events(FullClient page, String key, int count) {
        Await.until(
                count + " events of " + key + ", came " + page.events(),
                PATIENCE,
                () -> of(page, key).size() >= count);
        return of(page, key);
    }

    private static List<JsonNode> of(FullClient page, String key) {
        return page.events().stream()
                .filter(event -> event.path("k").asString("").equals(key))
                .toList();
    }

    @Test
    void rowsComeAndGoThoughPostgresRestarts() throws Exception {
        ExampleOptions quiet = ExampleOptions.standard().port(0).machines(0);
        try (EmbeddedDatabase database = EmbeddedDatabase.start();
                DatabaseToBrowser example = DatabaseToBrowser.start(quiet.postgres(database.address()));
                FullClient page = FullClient.connect(example.endpoint())) {
            page.subscribed("machines", "");
            sql(database.address(), ROW.formatted("a"));
            JsonNode row = events(page, "a", 1).get(0);
            assertThat(row.at("/v/energy_kwh").doubleValue()).isEqualTo(1.25);
            assertThat(row.at("/v/_change/received").longValue())
                    .isGreaterThanOrEqualTo(row.get("ts").longValue());
            assertThat(row.get("ts").longValue())
                    .isGreaterThanOrEqualTo(row.at("/v/_change/committed").longValue());
            database.restart();
            sql(database.address(), "update machine set state = 'running' where id = 'a'");
            sql(database.address(), ROW.formatted("b"));
            sql(database.address(), "delete from machine where id = 'a'");
            sql(database.address(), ROW.formatted("end"));
            events(page, "end", 1);
            List<JsonNode> ofA = events(page, "a", 3);
            assertThat(ofA.get(1).at("/v/state").stringValue()).isEqualTo("running");
            assertThat(ofA.get(2).get("v").isNull()).isTrue();
            assertThat(ofA).hasSize(3);
            assertThat(events(page, "b", 1)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT", "UNDERTOW"})
    void theMachinesAreSeenOnEachContainer(Container container) {
        ExampleOptions options = ExampleOptions.standard().port(0).machines(3).container(container);
        try (DatabaseToBrowser example = DatabaseToBrowser.start(options);
                FullClient page = FullClient.connect(example.endpoint())) {
            page.subscribed("machines", "").subscribe("capture", "");
            events(page, "m-001", 2);
            events(page, "m-003", 2);
        }
    }
}
