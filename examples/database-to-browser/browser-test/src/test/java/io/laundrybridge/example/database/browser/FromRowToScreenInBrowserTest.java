package io.laundrybridge.example.database.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.example.database.DatabaseToBrowser;
import io.laundrybridge.example.database.EmbeddedDatabase;
import io.laundrybridge.example.database.ExampleOptions;
import io.laundrybridge.test.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows written by SQL and machines that obey, seen in two browsers. */
@Tag("kafka")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FromRowToScreenInBrowserTest {
    private static final String MACHINE = "m-001";

    /** What is closed at the end, the newest first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private EmbeddedDatabase database;
    private DatabaseToBrowser example;
    private LaundryPage first;
    private LaundryPage second;

    @BeforeAll
    void start() {
        database = opened(EmbeddedDatabase.start());
        example = opened(DatabaseToBrowser.start(ExampleOptions.standard()
                .postgres(database.address())
                .port(0)
                .machines(3)
                .rate(3)));
        first = opened(new LaundryPage(example.page()));
        second = opened(new LaundryPage(example.page()));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        started.push(resource);
        return resource;
    }

    @AfterAll
    void stop() throws Exception {
        while (!started.isEmpty()) {
            started.pop().close();
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.address().connect();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private boolean yes(String question) throws SQLException {
        try (Connection connection = database.address().connect();
                Statement run = connection.createStatement();
                ResultSet answer = run.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private void report(String state, String alarm) throws SQLException {
        sql("insert into machine_report (machine, site, state, power_watts, energy_kwh, temperature, alarm)"
                + " values ('reporting', 'Altona', '" + state + "', 900, 1, 20, " + alarm + ")");
    }

    private void insert(String machine) throws SQLException {
        sql("insert into machine (id, site, kind, state, programme) values ('" + machine
                + "', 'north', 'washer', 'idle', 'by hand')");
    }

    @Test
    void aRowBecomesATileAndChangesIt() throws SQLException {
        first.open().awaitLive();

        insert("inserted");
        first.awaitTile("inserted", "by hand");
        sql("update machine set state = 'alarm', alarm = 'no water' where id = 'inserted'");
        first.awaitTile("inserted", "no water");
        sql("delete from machine where id = 'inserted'");
        first.awaitNoTile("inserted");
    }

    @Test
    void aButtonReachesTheMachineThroughKafkaAndChangesItsTile() {
        first.open().login("maria");
        second.open().login("tom");
        first.awaitTile(MACHINE, "°C");
        first.await("buttons", () -> first.offers(MACHINE, "stop"));

        first.press(MACHINE, "stop");
        second.await("the other sees the command", () -> second.audit().contains("maria " + MACHINE + " stop"));
        String command = second.run("return [...document.querySelectorAll('#audit tr')].find((row) =>"
                + " row.textContent.includes('maria')).dataset.mid");
        first.await("the tile has that command", () -> first.commandOf(MACHINE).equals(command));
        first.awaitTile(MACHINE, "idle");
        first.awaitTile(MACHINE, "by maria");
        first.await("the list says that it obeyed", () -> first.audit().contains("stop obeyed"));

        second.press(MACHINE, "start");
        first.await("the first sees it", () -> first.audit().contains("tom " + MACHINE + " start"));
        first.awaitTile(MACHINE, "by tom");
        assertThat(first.text("#message")).isEmpty();
        assertThat(second.text("#message")).isEmpty();
    }

    @Test
    void aUserWithoutTheRoleHasNoButtonsAndIsRefused() {
        first.open().login("vera");
        first.awaitTile(MACHINE, "°C");
        assertThat(first.offers(MACHINE, "stop")).isFalse();

        String code = first.later("""
            const done = arguments[0];
            import('/laundry-bridge/laundry-bridge.js').then(({ LaundryBridge }) =>
              new LaundryBridge('/laundry', { token: 'vera:vera' }).channel('commands')
                .publish({ machine: 'm-001', action: 'stop' }, { key: 'm-001' })
                .then(() => done('stored'), (error) => done(String(error.code))));
            """);
        assertThat(code).isIn("forbidden", "not_publishable");
        assertThat(first.audit()).doesNotContain("vera");
    }

    @ParameterizedTest
    @CsvSource({
        "publish, forbidden, You may not do this",
        "publish, busy, Too many commands at the moment",
        "publish, source_unavailable, Kafka does not take commands",
        "publish, outcome_unknown, It is not known whether it was stored",
        "publish, timeout, Not stored in time",
        "caughtUp, timeout, 'Stored, but this page has not seen it'"
    })
    void aButtonSaysInPlainWordsWhyItFailed(String step, String code, String words) {
        first.open();
        String said = first.later("""
            const [step, code, done] = arguments;
            const fails = {
              publish: () => Promise.reject({ code, mid: 'm' }),
              caughtUp: () => Promise.reject({ code }),
            };
            const stored = { publish: () => Promise.resolve({ at: '0@1' }), caughtUp: () => Promise.resolve() };
            const steps = { ...stored, [step]: fails[step] };
            const bridge = { subscribe: () => steps, channel: () => steps };
            const table = document.createElement('table');
            table.createTBody();
            let said = '';
            import('/commands.js')
              .then(({ Commands }) => new Commands(bridge, table, table, (text) => (said = text)).act('m-001', 'stop'))
              .then(() => done(said), (error) => done(String(error)));
            """, step, code);
        assertThat(said).startsWith(words).contains("stop", "m-001");
    }

    @Test
    void rowsWrittenAfterARestartOfTheDatabaseReachTheScreen() throws SQLException {
        first.open().awaitLive();
        insert("before");
        first.awaitTile("before", "by hand");

        database.stop();
        first.await(
                "the page says that the database is away",
                () -> first.text("#capture").startsWith("Database: away"));
        database.restart();
        insert("after");
        sql("delete from machine where id = 'before'");
        first.awaitTile("after", "by hand");
        first.awaitNoTile("before");
        first.await("nothing is wrong any more", () -> first.text("#capture").isEmpty());
        sql("delete from machine where id = 'after'");
        first.awaitNoTile("after");
    }

    @Test
    void aLinkToAMomentShowsWhatOneSaw() throws SQLException {
        first.open().awaitLive();
        insert("moment");
        first.awaitTile("moment", "by hand");
        String link = first.moment();
        sql("update machine set programme = 'later' where id = 'moment'");
        first.awaitTile("moment", "later");

        second.open(link);
        second.awaitTile("moment", "by hand");
        assertThat(second.tile("moment")).doesNotContain("later");
        second.click("#live");
        second.awaitTile("moment", "later");
        sql("delete from machine where id = 'moment'");
        second.awaitNoTile("moment");
    }

    @Test
    void aPausedPageStandsStillWhileOthersGoOn() throws SQLException {
        first.open().awaitLive();
        second.open().awaitLive();
        first.click("#pause");
        first.awaitPaused();

        insert("unseen");
        second.awaitTile("unseen", "by hand");
        assertThat(first.tile("unseen")).isNull();
        first.click("#live");
        first.awaitTile("unseen", "by hand");
        first.awaitLive();
        sql("delete from machine where id = 'unseen'");
        first.awaitNoTile("unseen");
    }

    @Test
    void thePastIsPlayedAgainUpToThePresent() throws SQLException {
        first.open().awaitLive();
        Await.until(
                "reports of half a minute",
                Duration.ofSeconds(90),
                () -> yes("select now() - min(at) > interval" + " '30 seconds' from machine_report where machine = '"
                        + MACHINE + "'"));
        long began = System.nanoTime();
        insert("past");
        first.awaitTile("past", "by hand");
        sql("update machine set programme = 'second wash' where id = 'past'");
        first.awaitTile("past", "second wash");

        first.click("#pause");
        first.awaitPaused();
        first.set("#back", 10 + 5 * (Duration.ofNanos(System.nanoTime() - began).toSeconds() / 5));
        first.awaitTile(MACHINE, "°C");
        first.awaitPaused();
        assertThat(first.tile("past")).isNull();
        assertThat(first.text("#clock")).isNotEqualTo("now");

        first.set("#speed", 16);
        first.click("#pause");
        first.awaitTile("past", "second wash");
        first.awaitLive();
        assertThat(first.text("#clock")).isEqualTo("now");
        sql("delete from machine where id = 'past'");
        first.awaitNoTile("past");
    }

    @Test
    void theCaptionsShowTheAgeOfRowsAtEachHop() {
        first.open().awaitLive();
        for (String hop : List.of("Kafka", "bridge", "browser", "painted")) {
            first.await(
                    "the age at " + hop,
                    () -> first.text("#ages ." + hop + " .p99").matches("-?\\d+ ms"));
        }
    }

    @Test
    void derivedViewsAreDrawn() throws SQLException {
        first.open().awaitLive();
        report("alarm", "'no water'");
        first.await("an alarm", () -> first.text("#alarms").contains("reporting: no water, since"));
        report("idle", "null");
        first.await("its end", () -> !first.text("#alarms").contains("reporting"));

        first.await(
                "power of its site",
                () -> first.run("return document.querySelector('#power').dataset.series ?? ''")
                        .contains("Altona"));
        first.await("energy", () -> first.has("#energy canvas"));
        assertThat(first.has("#power canvas")).isTrue();
    }
}
