package io.laundrybridge.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.dashboard.LaundryDashboard;
import io.laundrybridge.dashboard.LaundryTopic;
import io.laundrybridge.dashboard.simulator.LaundryPlan;
import io.laundrybridge.test.network.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** Tests the dashboard's promises to its user in a real browser, over a network that can be cut. */
@Tag("kafka")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardInBrowserTest {
    private static final Path TARGET = Path.of("target");
    /** The server reports within ten seconds; the rest is for browser and test. */
    private static final Duration STALE_WITHIN = Duration.ofSeconds(12);

    private BrowserStage stage;
    private LaundryDashboard dashboard;
    private TcpProxy network;

    @BeforeAll
    void start() throws IOException {
        stage = BrowserStage.open();
        dashboard = stage.dashboard(LaundryPlan.standard().machines(60).rate(200));
        network = TcpProxy.to(dashboard.page().getPort());
    }

    @AfterEach
    void mend() {
        network.heal();
    }

    @AfterAll
    void stop() throws Exception {
        stage.close(network, dashboard);
    }

    @Test
    void tilesMoveAndThePageSaysLive() {
        DashboardPage page = open();
        page.await("all machines", () -> page.keys().size() >= 60);
        long before = page.reportsOfAll();

        page.await("moving tiles", () -> page.reportsOfAll() > before + 200);
        page.await("all machines in the sums", () -> page.machinesCounted() >= 60);
        assertThat(page.headline()).isEqualTo("Live");
        assertThat(page.reason()).isEmpty();
        assertThat(page.gaps()).isZero();
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void withoutAConnectionThePageSaysBlindSinceWhenWhyAndWhenItTriesAgain() throws IOException {
        DashboardPage page = open();
        page.watch();
        network.refuse();
        page.awaitState("blind");
        long machines = page.keys().size();

        assertThat(page.headline()).isEqualTo("Blind");
        page.await(
                "the next try",
                () -> page.reason()
                        .matches("since \\d\\d:\\d\\d:\\d\\d · the server does not answer · next try in \\d+ s"));
        page.await("the age of every tile", () -> page.agedTiles() == machines);
        assertThat(page.asOf()).matches("What you see is from .*, \\d+ s ago");
        page.photograph(TARGET.resolve("dashboard-blind.png"));
        network.heal();

        page.awaitState("live");
        assertThat(page.wordsSeen()).isEqualTo(List.of("Live live", "Blind blind", "Live live"));
        assertThat(page.tilesGone()).isZero();
        assertThat(page.announced())
                .as("the countdown is not announced")
                .hasSizeLessThanOrEqualTo(5)
                .allSatisfy(said -> assertThat(String.valueOf(said)).doesNotContain("next try"));
    }

    @Test
    void onASmallScreenTheReasonCanBeReadToo() throws IOException {
        DashboardPage page = open();
        page.resize(390, 780);
        try {
            network.refuse();
            page.awaitState("blind");
            page.await("the next try", () -> page.reason().contains("next try in"));
            assertThat(page.reasonIsWhole()).isTrue();
            page.photograph(TARGET.resolve("dashboard-blind-small.png"));
        } finally {
            page.resizeBack();
        }
    }

    @Test
    void behindASlowNetworkThePageSaysLaggingAndHowFar() throws IOException {
        try (OneMachine machine =
                new OneMachine(stage.kafka().bootstrapServers(), LaundryTopic.NAME, "cut-street/w-03")) {
            DashboardPage page = open();
            page.watch();
            network.refuse();
            machine.report(2_000);
            page.awaitState("blind");
            network.heal();
            network.toClient().narrow(4_000);

            page.awaitState("lagging");
            assertThat(page.headline()).isEqualTo("Lagging");
            page.await("how far", () -> page.reason().matches("catching up · \\d+ s behind"));
            page.photograph(TARGET.resolve("dashboard-lagging.png"));
            network.heal();

            page.awaitState("live");
            assertThat(page.reason()).matches("caught up [\\d,]+ events");
            page.await("every report", () -> page.reportsOf(machine.key()) >= 2_000);
            assertThat(page.reportsOf(machine.key())).isEqualTo(2_000);
            assertThat(page.wordsSeen()).isEqualTo(List.of("Live live", "Blind blind", "Lagging lagging", "Live live"));
            assertThat(page.duplicates()).isZero();
            assertThat(page.gaps()).isZero();
        }
    }

    @Test
    void afterACutItResumesAndNothingIsShownTwiceOrMissing() {
        try (OneMachine machine =
                new OneMachine(stage.kafka().bootstrapServers(), LaundryTopic.NAME, "cut-street/w-01")) {
            DashboardPage page = open();
            machine.report(50);
            page.await("the machine", () -> page.reportsOf(machine.key()) == 50);

            network.refuse();
            page.awaitState("blind");
            machine.report(500);
            network.heal();

            page.awaitState("live");
            machine.report(50);
            page.await("every report", () -> page.reportsOf(machine.key()) >= 600);
            assertThat(page.reportsOf(machine.key())).isEqualTo(600);
            assertThat(page.duplicates()).isZero();
            assertThat(page.gaps()).isZero();
        }
    }

    @Test
    void manyCutsInARowLoseAndRepeatNothing() {
        try (OneMachine machine =
                new OneMachine(stage.kafka().bootstrapServers(), LaundryTopic.NAME, "cut-street/w-02")) {
            DashboardPage page = open();
            for (int cut = 1; cut <= 5; cut++) {
                network.refuse();
                machine.report(20);
                network.heal();
                machine.report(20);
                long shown = 40L * cut;
                page.await(shown + " reports", () -> page.reportsOf(machine.key()) >= shown);
                assertThat(page.reportsOf(machine.key())).isEqualTo(shown);
            }
            page.awaitState("live");
            assertThat(page.duplicates()).isZero();
            assertThat(page.gaps()).isZero();
        }
    }

    @Test
    void aMachineOpensWithItsCurves() {
        DashboardPage page = open();

        page.openFirstTile();

        page.await("three curves", () -> page.curvesDrawn() == 3);
        assertThat(page.openMachine()).isNotEmpty();
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void theKeyboardOpensAndClosesAMachine() {
        DashboardPage page = open();
        page.focusFirstTile();
        String machine = page.focusedMachine();

        page.press(Keys.ENTER);
        page.await("the machine's view", () -> page.openMachine().equals(machine));
        page.press(Keys.ESCAPE);
        page.await("the overview", () -> page.openMachine().isEmpty());

        assertThat(page.focusedMachine()).isEqualTo(machine);
        page.press(Keys.ARROW_RIGHT);
        assertThat(page.focusedMachine()).isNotEmpty().isNotEqualTo(machine);
    }

    @Test
    void whileKafkaIsAwayThePageSaysStaleAndGoesOnWhenItIsBack() throws IOException {
        DashboardPage page = open();
        stage.kafka().stopAll();
        try {
            page.awaitState("stale", STALE_WITHIN);
            assertThat(page.headline()).isEqualTo("Stale");
            assertThat(page.reason())
                    .matches("since \\d\\d:\\d\\d:\\d\\d · no new reports reach the server: .*(Kafka|partitions).*(?<!"
                            + " s)");
            assertThat(page.reasonIsWhole()).isTrue();
            page.await(
                    "the age of every tile",
                    () -> page.agedTiles() == page.keys().size());
            assertThat(page.asOf()).matches("What you see is from .*, \\d+ s ago");
            page.photograph(TARGET.resolve("dashboard-stale.png"));
        } finally {
            stage.kafka().startAll();
        }
        page.awaitState("live", Duration.ofSeconds(60));
        page.await("tiles without ages", () -> page.agedTiles() == 0);
        assertThat(page.asOf()).isEmpty();
        long before = page.received();
        page.await("fresh events", () -> page.received() > before);
        assertThat(page.duplicates()).isZero();
        assertThat(page.gaps()).isZero();
    }

    @Test
    void itIsDarkWhereTheSystemIsDarkAndLightWhereItIsLight() throws IOException {
        DashboardPage page = open();
        page.await("all machines", () -> page.keys().size() >= 60);

        page.preferColours("light");
        page.await("a light page", () -> page.brightness() > 600);
        page.photograph(TARGET.resolve("dashboard-light.png"));

        page.preferColours("dark");
        page.await("a dark page", () -> page.brightness() < 200);
        page.photograph(TARGET.resolve("dashboard-dark.png"));
    }

    private DashboardPage open() {
        return DashboardPage.open(stage.browser(), network.port());
    }
}
