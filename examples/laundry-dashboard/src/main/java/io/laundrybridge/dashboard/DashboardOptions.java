package io.laundrybridge.dashboard;

import io.laundrybridge.dashboard.simulator.LaundryPlan;
import java.util.List;
import java.util.Optional;

/**
 * The options of the command line. Immutable.
 *
 * @param bootstrapServers the address of an existing Kafka; empty for an embedded one
 * @param port the page's port, 8080 by default; 0 for any free one
 * @param plan how large and how busy the laundry is
 */
public record DashboardOptions(Optional<String> bootstrapServers, int port, LaundryPlan plan) {

    /** The text of {@code --help}. */
    public static final String HELP = """
        The laundry dashboard: simulated machines, Kafka, the bridge and the page, in one process.

          --bootstrap-servers=HOST:PORT  uses a Kafka that is there; by default one starts in this process
          --port=NUMBER                  the page's port on 127.0.0.1, default 8080
          --machines=NUMBER              how many machines there are, default 240
          --rate=NUMBER                  reports a second over all machines, default 400
        """;

    /** Our own Kafka, port 8080 and the standard laundry. */
    public static DashboardOptions standard() {
        return new DashboardOptions(Optional.empty(), 8080, LaundryPlan.standard());
    }

    /**
     * Reads {@code --name=value} arguments.
     *
     * @throws IllegalArgumentException if one is unknown or wrong; the message names it
     */
    public static DashboardOptions parse(List<String> arguments) {
        DashboardOptions options = standard();
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    /** Returns these options with another port. */
    public DashboardOptions port(int number) {
        if (number < 0 || number > 65_535) {
            throw new IllegalArgumentException("--port is %d; expected 0 to 65535, 0 for any".formatted(number));
        }
        return new DashboardOptions(bootstrapServers, number, plan);
    }

    /** Returns these options with the Kafka at {@code address}. */
    public DashboardOptions kafka(String address) {
        return new DashboardOptions(Optional.of(address), port, plan);
    }

    /** Returns these options with another laundry. */
    public DashboardOptions laundry(LaundryPlan other) {
        return new DashboardOptions(bootstrapServers, port, other);
    }

    private DashboardOptions with(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? "" : argument.substring(equals + 1).strip();
        return switch (name) {
            case "--bootstrap-servers" -> kafka(text(name, value));
            case "--port" -> port(number(name, value));
            case "--machines" -> laundry(plan.machines(number(name, value)));
            case "--rate" -> laundry(plan.rate(number(name, value)));
            default ->
                throw new IllegalArgumentException(
                        "%s is not an option; there are --bootstrap-servers, --port, --machines, --rate and --help"
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
}
