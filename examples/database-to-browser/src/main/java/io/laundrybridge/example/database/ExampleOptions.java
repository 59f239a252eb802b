package io.laundrybridge.example.database;

import io.laundrybridge.standalone.Container;
import java.util.List;
import java.util.Optional;

/**
 * The options of the command line. Immutable.
 *
 * @param postgres an existing PostgreSQL; empty for one of our own
 * @param bootstrapServers the address of an existing Kafka; empty for one in this process
 * @param container the server that the bridge and the page run in
 * @param port the page's port; 0 for any free one
 * @param machines how many machines write rows; 0 for none
 * @param rate reports a second over all machines
 * @param measure seconds after which the example prints the ages of rows and ends; 0 to run until it is stopped
 */
public record ExampleOptions(
        Optional<DatabaseAddress> postgres,
        Optional<String> bootstrapServers,
        Container container,
        int port,
        int machines,
        int rate,
        int measure) {

    /** The text of {@code --help}. */
    public static final String HELP = """
        From the database row to the screen: PostgreSQL, Debezium, Kafka, the bridge and a page, in one process.

          --postgres=postgresql://USER:PASSWORD@HOST:PORT/DATABASE
                                         uses a PostgreSQL that is there (wal_level=logical); by default one starts
          --bootstrap-servers=HOST:PORT  uses a Kafka that is there; by default one starts in this process
          --server=NAME                  tyrus, tomcat, jetty or undertow, default tyrus
          --port=NUMBER                  the page's port on 127.0.0.1, default 8080
          --machines=NUMBER              how many machines there are, default 24; 0 leaves the tables to you
          --rate=NUMBER                  reports a second over all machines, default 20
          --measure=SECONDS              measures how old rows are at each hop, and ends
        """;

    /** Our own database and Kafka, Tyrus, port 8080 and 24 machines. */
    public static ExampleOptions standard() {
        return new ExampleOptions(Optional.empty(), Optional.empty(), Container.TYRUS, 8080, 24, 20, 0);
    }

    /**
     * Reads {@code --name=value} arguments.
     *
     * @throws IllegalArgumentException if one is unknown or wrong; the message names it
     */
    public static ExampleOptions parse(List<String> arguments) {
        ExampleOptions options = standard();
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    /** Returns these options with the database at {@code address}. */
    public ExampleOptions postgres(DatabaseAddress address) {
        return new ExampleOptions(Optional.of(address), bootstrapServers, container, port, machines, rate, measure);
    }

    /** Returns these options with the Kafka at {@code address}. */
    public ExampleOptions kafka(String address) {
        return new ExampleOptions(postgres, Optional.of(address), container, port, machines, rate, measure);
    }

    /** Returns these options with another server. */
    public ExampleOptions container(Container other) {
        return new ExampleOptions(postgres, bootstrapServers, other, port, machines, rate, measure);
    }

    /** Returns these options with another port. */
    public ExampleOptions port(int number) {
        return new ExampleOptions(
                postgres, bootstrapServers, container, within("--port", number, 0, 65_535), machines, rate, measure);
    }

    /** Returns these options with another number of machines, 0 to 10000. */
    public ExampleOptions machines(int number) {
        return new ExampleOptions(
                postgres, bootstrapServers, container, port, within("--machines", number, 0, 10_000), rate, measure);
    }

    /** Returns these options with another number of reports a second, 1 to 10000. */
    public ExampleOptions rate(int perSecond) {
        return new ExampleOptions(
                postgres, bootstrapServers, container, port, machines, within("--rate", perSecond, 1, 10_000), measure);
    }

    /** Returns these options with a measurement of 1 to 3600 seconds. */
    public ExampleOptions measure(int seconds) {
        int checked = within("--measure", seconds, 1, 3_600);
        return new ExampleOptions(postgres, bootstrapServers, container, port, machines, rate, checked);
    }

    private ExampleOptions with(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? "" : argument.substring(equals + 1).strip();
        return switch (name) {
            case "--postgres" -> postgres(DatabaseAddress.parse(value));
            case "--bootstrap-servers" -> kafka(text(name, value));
            case "--server" -> container(Container.named(value));
            case "--port" -> port(number(name, value));
            case "--machines" -> machines(number(name, value));
            case "--rate" -> rate(number(name, value));
            case "--measure" -> measure(number(name, value));
            default ->
                throw new IllegalArgumentException(("%s is not an option; there are --postgres, --bootstrap-servers,"
                                + " --server, --port, --machines, --rate, --measure and --help")
                        .formatted(name));
        };
    }

    private static String text(String name, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("%s has no value; expected %1$s=HOST:PORT".formatted(name));
        }
        return value;
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is '%s'; expected %1$s=NUMBER".formatted(name, value), e);
        }
    }

    private static int within(String name, int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException("%s is %d; expected %d to %d".formatted(name, number, least, most));
        }
        return number;
    }
}
