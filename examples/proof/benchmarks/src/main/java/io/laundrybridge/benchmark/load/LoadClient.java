package io.laundrybridge.benchmark.load;

import io.laundrybridge.benchmark.process.Arguments;
import io.laundrybridge.benchmark.process.Micros;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The load client's process. It reads commands, a line each, and answers each by a line, until its input ends:
 *
 * <pre>
 * open N      opens N more; "opened N" at once
 * ready       "ready N": how many are subscribed now
 * mark        counts from zero from here on
 * read        what was counted since the mark
 * lags        how far each that is connected is behind: "lags live=N p50=MICROS p99=MICROS max=MICROS"
 * lowest      the lowest next number of stream 0 among those that are connected
 * behind S    how many have not got number S - 1 of stream 0 yet
 * stall N     the first N stop reading
 * unstall N   they read again
 * drop N      the first N cut their connections
 * back N S    those of the first N that are away come back where they were, to get to number S - 1
 * return N    the first N come back by themselves from now on if they lose their connection
 * scatter E S all leave and come back, each at another place up to E events back, to get to number S - 1
 * catching    how many of them are still on the way
 * </pre>
 */
public final class LoadClient {
    private final List<Reactor> reactors = new ArrayList<>();
    private int clients;

    private LoadClient(LoadPlan plan) throws IOException {
        for (int i = 0; i < plan.threads(); i++) {
            reactors.add(new Reactor(plan, "reader-" + i));
        }
    }

    public static void main(String[] arguments) throws IOException {
        LoadClient load = new LoadClient(LoadPlan.of(new Arguments(arguments)));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(load.answer(line.split(" ", -1)));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "open" -> open(number(words, 1));
            case "ready" -> "ready " + count(Client::ready) + " " + read().reason;
            case "mark" -> mark();
            case "read" -> read().line();
            case "lags" -> lags();
            case "lowest" -> "lowest " + lowest();
            case "behind" -> "behind " + behind(number(words, 1));
            case "stall" -> each("stalled", number(words, 1), (reactor, client) -> client.stall(true));
            case "unstall" -> each("unstalled", number(words, 1), (reactor, client) -> client.stall(false));
            case "drop" -> each("dropped", number(words, 1), (reactor, client) -> client.drop());
            case "back" -> back(number(words, 1), number(words, 2));
            case "return" -> each("returning", number(words, 1), (reactor, client) -> client.returns());
            case "scatter" -> scatter(number(words, 1), number(words, 2));
            case "catching" -> "catching " + count(Client::catchingUp);
            default -> "failed " + words[0] + " is not understood";
        };
    }

    private String open(int more) {
        for (int i = 0; i < more; i++) {
            int number = clients++;
            reactors.get(number % reactors.size()).ask(reactor -> {
                reactor.add(number);
                return number;
            });
        }
        return "opened " + more;
    }

    private String mark() {
        for (Reactor reactor : reactors) {
            reactor.ask(asked -> {
                asked.tally().reset();
                return asked;
            });
        }
        return "marked";
    }

    private Tally read() {
        Tally sum = new Tally();
        for (Reactor reactor : reactors) {
            reactor.ask(asked -> {
                sum.add(asked.tally());
                return asked;
            });
        }
        return sum;
    }

    private String lags() {
        long now = Micros.now();
        Lags lags = new Lags();
        for (Reactor reactor : reactors) {
            reactor.ask(asked -> {
                asked.clients().stream().filter(Client::connected).forEach(client -> lags.add(client.lag(now)));
                return asked;
            });
        }
        return lags.line();
    }

    private long lowest() {
        return reactors.stream()
                .mapToLong(reactor -> reactor.ask(asked -> asked.clients().stream()
                        .filter(Client::connected)
                        .mapToLong(client -> client.next(0))
                        .min()
                        .orElse(0)))
                .min()
                .orElse(0);
    }

    private long behind(int sequence) {
        return count(client -> client.connected() && client.next(0) < sequence);
    }

    private String back(int first, int sequence) {
        return each("back", first, (reactor, client) -> {
            if (!client.connected()) {
                reactor.comeBack(client, sequence);
            }
        });
    }

    private String scatter(long furthest, int sequence) {
        for (Reactor reactor : reactors) {
            reactor.ask(asked -> {
                asked.clients().forEach(client -> {
                    long events = furthest * (client.number() + 1) / clients;
                    asked.comeBackFrom(client, events, sequence);
                });
                return asked;
            });
        }
        return "scattered " + clients;
    }

    private long count(Predicate<Client> which) {
        return reactors.stream()
                .mapToLong(reactor -> reactor.ask(
                        asked -> asked.clients().stream().filter(which).count()))
                .sum();
    }

    private String each(String answer, int first, OnReactor action) {
        for (int i = 0; i < reactors.size(); i++) {
            int share = first / reactors.size() + (i < first % reactors.size() ? 1 : 0);
            reactors.get(i).ask(asked -> {
                asked.clients().stream().limit(share).forEach(client -> action.accept(asked, client));
                return share;
            });
        }
        return answer + " " + first;
    }

    private static int number(String[] words, int at) {
        return Integer.parseInt(words[at]);
    }

    /** A task with a client on its reactor's thread. */
    private interface OnReactor {
        void accept(Reactor reactor, Client client);
    }
}
