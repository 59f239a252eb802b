package io.laundrybridge.test.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.test.Await;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A client of several channels on one socket that reconnects after a goodbye and resumes every channel. Events have a
 * number {@code n}. For one thread; the awaiting methods fail after 20 s.
 */
public final class ResumingPage implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<String> channels;
    private final Map<String, String> from = new HashMap<>();
    private final Map<String, List<Integer>> numbers = new HashMap<>();
    private @Nullable FullClient connection;

    /** Returns a page that shows {@code channels}. */
    public ResumingPage(List<String> channels) {
        this.channels = channels;
        channels.forEach(channel -> numbers.put(channel, new ArrayList<>()));
    }

    /** Connects until it is subscribed to every channel, as clients do if they are asked to try again. */
    public ResumingPage connect(URI uri) {
        Await.until("all subscriptions at " + uri, SOON, () -> comes(uri));
        return this;
    }

    private boolean comes(URI uri) {
        FullClient fresh;
        try {
            fresh = FullClient.connect(uri);
        } catch (CompletionException nobodyListens) {
            return false;
        }
        for (int id = 0; id < channels.size(); id++) {
            String channel = channels.get(id);
            String place = from.containsKey(channel) ? ",\"from\":\"at:" + from.get(channel) + "\"" : "";
            fresh.socket().send("{\"op\":\"subscribe\",\"id\":" + id + ",\"ch\":\"" + channel + "\"" + place + "}");
        }
        Await.until(
                "answers", SOON, () -> fresh.socket().closeCode() != 0 || count(fresh, "\"id\":") >= channels.size());
        assertThat(fresh.socket().lines()).noneMatch(line -> line.contains("\"retry\":false"));
        boolean all = count(fresh, "\"op\":\"subscribed\"") == channels.size();
        if (all) {
            connection = fresh;
        } else {
            fresh.close();
        }
        return all;
    }

    /** Waits until the event {@code last} has come in every channel. */
    public void await(int last) {
        FullClient page = Objects.requireNonNull(connection);
        for (String channel : channels) {
            Await.until(last + " of " + channel, SOON, () -> seen(page, channel).contains(last));
        }
    }

    /** Waits for the goodbye: {@code bye} is the last line, no channel was taken away before, and the code is 1012. */
    public void awaitGoodbye() {
        FullClient page = Objects.requireNonNull(connection);
        assertThat(page.socket().awaitClose(SOON)).isEqualTo(1012);
        List<String> lines = page.socket().lines();
        assertThat(lines.get(lines.size() - 1)).contains("\"op\":\"bye\"").contains("\"retryAfter\":");
        assertThat(lines).noneMatch(line -> line.contains("\"op\":\"unsubscribed\""));
        for (String channel : channels) {
            from.put(channel, page.position(channel));
            Objects.requireNonNull(numbers.get(channel)).addAll(seen(page, channel));
        }
        page.close();
        connection = null;
    }

    /** Returns the numbers of {@code channel}'s events up to the last goodbye, in the order in which they came. */
    public List<Integer> numbers(String channel) {
        return List.copyOf(Objects.requireNonNull(numbers.get(channel)));
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }

    private static List<Integer> seen(FullClient page, String channel) {
        return page.events().stream()
                .filter(event -> event.path("ch").asString().equals(channel))
                .map(event -> event.path("v").path("n").asInt())
                .toList();
    }

    private static long count(FullClient client, String text) {
        return client.socket().lines().stream()
                .filter(line -> line.contains(text))
                .count();
    }
}
