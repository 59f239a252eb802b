package io.laundrybridge.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.dashboard.LaundryDashboard;
import io.laundrybridge.dashboard.LaundryTopic;
import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.test.network.TcpProxy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Restarts two nodes behind one address, one after the other; users of the page notice nothing. */
@Tag("kafka")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingRestartInBrowserTest {
    private static final int UPDATES = 3;
    private static final List<String> KEYS = List.of("steady/w-01", "steady/w-02", "steady/w-03", "steady/d-01");

    private BrowserStage stage;
    private LaundryDashboard first;
    private LaundryDashboard second;
    private TcpProxy network;

    @BeforeAll
    void start() throws IOException {
        stage = BrowserStage.open();
        first = node();
        second = node();
        network = TcpProxy.to(portOf(first));
    }

    @AfterAll
    void stop() throws Exception {
        stage.close(network, first, second);
    }

    @Test
    void aRollingRestartIsANonEventOnTheScreen() throws InterruptedException {
        DashboardPage page =
                DashboardPage.open(stage.browser(), network.port()); // at the first node, there is no other yet
        network.addTarget(portOf(second));
        page.watch();
        try (SteadyReports reports = SteadyReports.of(stage.kafka().bootstrapServers(), LaundryTopic.NAME, KEYS)) {
            page.await("reports", () -> page.reportsOf(KEYS.get(0)) > 0);
            long tiles = page.keys().size();

            for (int update = 0; update < UPDATES; update++) {
                first = restarted(first, page, reports);
                second = restarted(second, page, reports);
            }

            Map<String, Long> written = reports.stop();
            written.forEach(
                    (key, times) -> page.await(times + " reports of " + key, () -> page.reportsOf(key) >= times));
            written.forEach(
                    (key, times) -> assertThat(page.reportsOf(key)).as(key).isEqualTo(times));
            assertThat(page.keys()).hasSizeGreaterThanOrEqualTo((int) tiles);
        }
        assertThat(page.duplicates()).isZero();
        assertThat(page.gaps()).isZero();
        assertThat(page.tilesGone()).isZero();
        assertThat(page.wordsSeen()).isEqualTo(List.of("Live live"));
        assertThat(page.announced()).hasSize(1);
        assertThat(page.complaints()).isEmpty();
    }

    /** Restarts one node as a rolling update does: out of the rotation, stopped, started, back into the rotation. */
    private LaundryDashboard restarted(LaundryDashboard node, DashboardPage page, SteadyReports reports) {
        int moves = network.joined() + 1;
        network.removeTarget(portOf(node));
        node.close();
        page.await("the page at the other node", () -> network.joined() >= moves);
        awaitNews(page, reports);
        LaundryDashboard again = node();
        network.addTarget(portOf(again));
        awaitNews(page, reports);
        return again;
    }

    /** Waits until the page shows reports that are written from now on. */
    private static void awaitNews(DashboardPage page, SteadyReports reports) {
        int now = reports.rounds() + 1;
        page.await("round " + now, () -> page.reportsOf(KEYS.get(0)) >= now);
    }

    private LaundryDashboard node() {
        return stage.dashboard(LaundryPlan.standard().machines(24).rate(50));
    }

    private static int portOf(LaundryDashboard node) {
        return node.page().getPort();
    }
}
