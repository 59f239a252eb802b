package io.laundrybridge.example.database.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.transforms.outbox.EventRouter;
import io.laundrybridge.example.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the connectors of docs/database.md are known to Debezium, and are those that the example runs. */
class DocumentedConnectorsTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "database.md");
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Set<String> OF_CONNECT = Set.of(
            "connector.class", "tasks.max", "key.converter", "value.converter", "transforms", "exactly.once.support");

    private final Map<String, Map<String, String>> connectors = new HashMap<>();

    @BeforeEach
    void readPage() throws IOException {
        for (MatchResult block : JSON.matcher(Files.readString(PAGE)).results().toList()) {
            JsonNode connector = JsonMapper.shared().readTree(block.group(1));
            Map<String, String> config = new HashMap<>();
            connector
                    .path("config")
                    .properties()
                    .forEach(each -> config.put(each.getKey(), each.getValue().asString()));
            connectors.put(connector.path("name").asString(), config);
        }
        assertThat(connectors).containsOnlyKeys("laundry", "laundry_outbox");
    }

    @Test
    void everyPropertyIsKnown() {
        Set<String> known = new TreeSet<>(OF_CONNECT);
        known.addAll(new PostgresConnector().config().names());
        try (EventRouter<?> router = new EventRouter<>()) {
            router.config().names().forEach(name -> known.add("transforms.outbox." + name));
        }
        known.add("transforms.outbox.type");
        known.add("value.converter.schemas.enable");
        connectors.values().forEach(config -> assertThat(known).containsAll(config.keySet()));
    }

    @Test
    void noValueIsRefusedByTheConnector() {
        connectors.forEach((name, config) -> {
            Map<String, String> offline = new HashMap<>(config);
            offline.put("database.hostname", "127.0.0.1");
            offline.put("database.port", "1");
            List<String> refused = new PostgresConnector()
                    .validate(offline).configValues().stream()
                            .filter(value -> !value.errorMessages().isEmpty())
                            .map(value -> value.name() + " " + value.errorMessages())
                            .filter(sentence -> !sentence.startsWith("database."))
                            .toList();
            assertThat(refused).as(name).isEmpty();
        });
    }

    @Test
    void theOutboxIsCapturedAsInTheExample() {
        DatabaseAddress database = new DatabaseAddress("db.example.com", 5432, "laundry", "debezium", "x");
        Properties example = new Properties();
        example.putAll(Outbox.capture("laundry_outbox", database, Map.of()).more());
        example.remove("converter.schemas.enable");
        Map<String, String> documented = connectors.getOrDefault("laundry_outbox", Map.of());
        example.forEach((key, value) -> assertThat(documented).containsEntry((String) key, (String) value));
    }
}
