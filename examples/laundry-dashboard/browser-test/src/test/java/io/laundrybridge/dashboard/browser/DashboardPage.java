package io.laundrybridge.dashboard.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Reads the dashboard as its user sees it. */
final class DashboardPage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long GLANCE_MILLIS = 50;

    private final ChromeDriver browser;

    private DashboardPage(ChromeDriver browser) {
        this.browser = browser;
    }

    /** Opens the page and waits until it is live and shows machines. */
    static DashboardPage open(ChromeDriver browser, int port) {
        browser.manage().logs().get(LogType.BROWSER); // forgets what other tests left
        browser.get("about:blank"); // or the same address with another hash would not load anew
        browser.get(URI.create("http://127.0.0.1:" + port + "/").toString());
        DashboardPage page = new DashboardPage(browser);
        page.awaitState("live");
        page.await("a machine", () -> !page.keys().isEmpty());
        return page;
    }

    /** The state that the page shows: one of the four words, or "connecting" at first. */
    String state() {
        return text("return document.body.dataset.state");
    }

    /** Returns the word of the connection indicator. */
    String headline() {
        return text("return document.querySelector('[data-word]').textContent");
    }

    /** Returns the indicator's explanation of that word. */
    String reason() {
        return text("return document.querySelector('[data-reason]').textContent");
    }

    /** Returns whether {@link #reason()} is on the screen in full. */
    boolean reasonIsWhole() {
        return Boolean.TRUE.equals(run("""
            const reason = document.querySelector('[data-reason]');
            const { top, bottom, left, right } = reason.getBoundingClientRect();
            return reason.scrollWidth <= reason.clientWidth && reason.scrollHeight <= reason.clientHeight
                && top >= 0 && left >= 0 && right <= innerWidth
                && bottom <= document.querySelector('.top').getBoundingClientRect().bottom;\
            """));
    }

    /** Returns the number of machines in the summaries of all sites. */
    long machinesCounted() {
        return number(
                "return [...document.querySelectorAll('.site .counts b')].reduce((sum, b) => sum + +b.textContent, 0)");
    }

    /** Returns the age of the shown values in the page's words; "" if it shows none. */
    String asOf() {
        return text("const asOf = document.querySelector('[data-as-of]'); return asOf.hidden ? '' : asOf.textContent");
    }

    /** Returns how many tiles show the age of their values. */
    long agedTiles() {
        return number("return [...document.querySelectorAll('.tile .watts')].filter((w) => w.textContent.endsWith('"
                + " ago')).length");
    }

    /** Records every shown word, every announcement and every removed tile from now on. */
    void watch() {
        run("""
            const { body } = document;
            const word = document.querySelector('[data-word]');
            const announced = document.querySelector('[data-announce]');
            const seen = (window.seen = { words: [], announced: [], tilesGone: 0 });
            const note = (list, text) => list.at(-1) !== text && list.push(text);
            const look = (changes) => {
              note(seen.words, `${word.textContent} ${body.dataset.state}`);
              note(seen.announced, announced.textContent);
              for (const { removedNodes } of changes)
                for (const node of removedNodes) if (node.querySelector?.('.tile')) seen.tilesGone++;
            };
            look([]);
            new MutationObserver(look).observe(body, {
              subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-state'],
            });\
            """);
    }

    /** Returns every word shown since {@link #watch()}, in order, each with its look. */
    List<?> wordsSeen() {
        return (List<?>) run("return window.seen.words");
    }

    /** Returns the announcements to screen readers since {@link #watch()}. */
    List<?> announced() {
        return (List<?>) run("return window.seen.announced");
    }

    /** How many tiles have left the page since {@link #watch()}. */
    long tilesGone() {
        return number("return window.seen.tilesGone");
    }

    /** When the page passed the mark of that name, in milliseconds from the navigation on. */
    long mark(String name) {
        return number("return Math.ceil(performance.getEntriesByName('" + name + "')[0].startTime)");
    }

    long received() {
        return number("return Number(document.body.dataset.received ?? 0)");
    }

    long duplicates() {
        return number("return Number(document.body.dataset.duplicates ?? 0)");
    }

    long gaps() {
        return number("return Number(document.body.dataset.gaps ?? 0)");
    }

    /** The keys of all machines on the page. */
    List<?> keys() {
        return (List<?>) run("return [...document.querySelectorAll('.tile')].map((tile) => tile.dataset.key)");
    }

    /** Returns how many reports of a machine its tile has shown; 0 if there is no tile. */
    long reportsOf(String key) {
        return number("return Number(document.querySelector(`[data-key=\"" + key + "\"].tile`)?.dataset.seq ?? 0)");
    }

    /** Reports shown, over all tiles. */
    long reportsOfAll() {
        return number("return [...document.querySelectorAll('.tile')].reduce((n, tile) => n + +tile.dataset.seq, 0)");
    }

    void focusFirstTile() {
        run("document.querySelector('.tile[tabindex=\"0\"]').focus()");
    }

    void press(Keys key) {
        browser.switchTo().activeElement().sendKeys(key);
    }

    /** The key of the machine whose tile has the focus; "" for none. */
    String focusedMachine() {
        return text("return document.activeElement.dataset.key ?? ''");
    }

    /** The key of the machine whose view is open; "" for none. */
    String openMachine() {
        return text("const panel = document.querySelector('aside[data-machine]'); return panel.hidden ? '' :"
                + " panel.dataset.key");
    }

    void openFirstTile() {
        browser.findElement(By.cssSelector(".tile")).click();
    }

    /** How many of the machine's charts have something drawn on them. */
    long curvesDrawn() {
        return number("""
            return [...document.querySelectorAll('aside[data-machine] .charts canvas')].filter((canvas) => {
              if (!canvas.width || !canvas.height) return false;
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              return data.some((value, index) => index % 4 === 3 && value > 0);
            }).length\
            """);
    }

    void preferColours(String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The red, green and blue of the page's background, added up: 0 black, 765 white. */
    long brightness() {
        return number("""
            const colour = (node) => getComputedStyle(node).backgroundColor;
            const seen = colour(document.body) === 'rgba(0, 0, 0, 0)' ? document.documentElement : document.body;
            const context = document.createElement('canvas').getContext('2d');
            context.fillStyle = colour(seen);
            context.fillRect(0, 0, 1, 1);
            const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
            return r + g + b\
            """);
    }

    void resize(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void resizeBack() {
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    void photograph(Path file) throws IOException {
        Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
    }

    /** Returns the browser's complaints since the page was opened. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    void awaitState(String wanted) {
        awaitState(wanted, PATIENCE);
    }

    void awaitState(String wanted, Duration longest) {
        await("state " + wanted, longest, () -> wanted.equals(state()));
    }

    void await(String what, BooleanSupplier condition) {
        await(what, PATIENCE, condition);
    }

    private void await(String what, Duration longest, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                throw new AssertionError("Not within " + longest + ": " + what + ". The page says " + state() + " ("
                        + headline() + ", " + reason() + "), " + received() + " received, " + gaps()
                        + " gaps, " + duplicates() + " duplicates. Complaints: "
                        + complaints());
            }
            glance();
        }
    }

    private static void glance() {
        try {
            Thread.sleep(GLANCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while watching the page", e);
        }
    }

    private String text(String script) {
        return String.valueOf(run(script));
    }

    private long number(String script) {
        return ((Number) run(script)).longValue();
    }

    @SuppressWarnings("NullAway") // these scripts always return a value
    private Object run(String script) {
        return browser.executeScript(script);
    }
}
