package io.laundrybridge.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.laundrybridge.host.HostServices;
import io.laundrybridge.test.Await;
import io.laundrybridge.testing.Laundry;
import io.laundrybridge.testing.SessionProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests overtake one another in one message: each id gets one answer, and the last one counts. */
class EveryRequestIsAnsweredTest {
    private static final Pattern ANSWER =
            Pattern.compile("\\{\"op\":\"(subscribed|unsubscribed|error)\",\"id\":(\\d+),.*");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong(1);

    /**
     * Words of a plan: a subscribe without a place, with one, with one that this node has not reached, or an
     * unsubscribe.
     */
    private static String line(String word, int id, String head) {
        String start = "{\"op\":\"subscribe\",\"id\":" + id + ",\"ch\":\"machines\"";
        return switch (word) {
            case "subscribe" -> start + "}";
            case "last" -> start + ",\"from\":\"last:2\"}";
            case "ahead" -> start + ",\"from\":\"at:" + head + ":0@1000\"}";
            case "keys" -> start + ",\"keys\":[\"m-1\"]}";
            case "wrong" -> start + ",\"from\":\"at:nowhere\"}";
            default -> "{\"op\":\"unsubscribe\",\"id\":" + id + ",\"ch\":\"machines\"}";
        };
    }

    private static List<Integer> answered(SessionProbe session) {
        List<Integer> ids = new ArrayList<>();
        for (String line : session.lines()) {
            Matcher answer = ANSWER.matcher(line);
            if (answer.matches()) {
                ids.add(Integer.valueOf(answer.group(2)));
            }
        }
        return ids;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscribe subscribe",
                "subscribe last",
                "last last last",
                "subscribe keys last keys",
                "subscribe unsubscribe",
                "subscribe unsubscribe subscribe",
                "ahead subscribe",
                "ahead keys",
                "ahead ahead",
                "ahead last",
                "ahead unsubscribe",
                "ahead keys unsubscribe keys",
                "subscribe ahead keys",
                "subscribe wrong unsubscribe unsubscribe"
            })
    void oncePerId(String plan) {
        HostServices services = HostServices.standard().withClock(InstantSource.system(), nanos::get);
        try (Laundry laundry =
                Laundry.open(channel -> channel, sink -> sink.services(services).workers(1))) {
            laundry.publish(0, 3);
            SessionProbe before = SessionProbe.full(laundry.sink()).subscribe("machines", "");
            String head = Wire.head(before.await("\"op\":\"subscribed\""));
            SessionProbe session = SessionProbe.full(laundry.sink());
            session.await("welcome");
            List<String> words = List.of(plan.split(" "));
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                lines.add(line(words.get(i), i, head));
            }
            session.stopReading();
            session.say("{\"op\":\"ping\",\"id\":1}").await("pong");
            session.say(String.join("\n", lines));
            session.readAgain();
            session.say("{\"op\":\"ping\",\"id\":2}");
            Await.until("an answer to each of " + plan + ", got " + session.lines(), SOON, () -> {
                nanos.addAndGet(200_000_000); // a position that is ahead does not wait for ever
                return answered(session).size() >= words.size();
            });
            session.say("{\"op\":\"ping\",\"id\":3}").await("\"id\":3");
            assertThat(answered(session)).containsExactlyInAnyOrderElementsOf(Wire.range(0, words.size()));
        }
    }
}
