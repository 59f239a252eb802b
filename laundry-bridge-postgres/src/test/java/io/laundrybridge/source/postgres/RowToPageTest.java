package io.laundrybridge.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.Bridge;
import io.laundrybridge.policy.Access;
import io.laundrybridge.session.WebSocketSink;
import io.laundrybridge.standalone.Container;
import io.laundrybridge.standalone.Site;
import io.laundrybridge.standalone.StandaloneServer;
import io.laundrybridge.test.client.FullClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the way of a row from its insert to a client, without Kafka. */
class RowToPageTest {
    private final TestPostgres postgres = TestPostgres.shared();
    private final PostgresTable table = postgres.newTable();
    private final List<AutoCloseable> nodes = new ArrayList<>();

    /** Starts a node; its memory begins with the rows that are inserted from now on. */
    private URI newNode() {
        WebSocketSink sink = WebSocketSink.at("/laundry");
        StandaloneServer server = StandaloneServer.start(Container.TYRUS, "127.0.0.1", 0, sink, Site.of());
        Bridge bridge = Bridge.from(postgres.source(table))
                .channel("reports")
                .access(Access.anonymous())
                .to(sink);
        nodes.add(server);
        nodes.add(bridge);
        bridge.start();
        bridge.awaitLive(Duration.ofSeconds(30));
        return server.endpoint();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable node : nodes) {
            node.close();
        }
    }

    private void insert(int from, int to) {
        for (int n = from; n < to; n++) {
            postgres.insert(table, "m-1", "{\"n\":" + n + "}");
        }
    }

    @Test
    void anInsertReachesTheClientAndAnotherNodeResumesItFromTheTable() {
        String position;
        try (FullClient client = FullClient.connect(newNode()).subscribed("reports", "")) {
            insert(0, 5);
            assertThat(client.awaitNumbers(5)).containsExactly(0, 1, 2, 3, 4);
            position = client.position();
        }
        insert(5, 10);
        URI other = newNode();
        try (FullClient client = FullClient.connect(other).subscribed("reports", ",\"from\":\"at:" + position + "\"")) {
            insert(10, 12);
            assertThat(client.awaitNumbers(7)).containsExactly(5, 6, 7, 8, 9, 10, 11);
            assertThat(client.socket().lines())
                    .noneMatch(line -> line.contains("\"gap\"") || line.contains("\"reset\""));
        }
    }

    @Test
    void aClientBeginsAtATime() {
        insert(0, 3);
        try (FullClient client =
                FullClient.connect(newNode()).subscribed("reports", ",\"from\":\"since:2020-01-01T00:00:00Z\"")) {
            assertThat(client.awaitNumbers(3)).containsExactly(0, 1, 2);
        }
    }
}
