package io.laundrybridge.example.database.machines;

import io.laundrybridge.example.database.DatabaseAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A laundry at work: its machines report in turn, each report as rows of the database, and obey commands from a topic
 * of Kafka. If the database is away they wait for it. Runs on a thread of its own until closed.
 */
public final class LaundryMachines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaundryMachines.class);
    private static final List<String> SITES = List.of("Altona", "Barmbek", "Eppendorf", "Wandsbek");
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final long PATIENCE_SECONDS = 10;

    private final DatabaseAddress database;
    private final CommandReader commands;
    private final Map<String, SimulatedMachine> machines = new LinkedHashMap<>();
    private final Duration turn;
    private final Thread thread;
    private volatile boolean closed;

    private LaundryMachines(DatabaseAddress database, int count, int rate, CommandReader commands) {
        this.database = database;
        this.commands = commands;
        this.turn = Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / rate);
        Random random = new Random(count);
        for (int number = 1; number <= count; number++) {
            String id = "m-%03d".formatted(number);
            machines.put(id, new SimulatedMachine(id, SITES.get(number % SITES.size()), random));
        }
        this.thread = new Thread(this::run, "laundry-machines");
        this.thread.setDaemon(true);
    }

    /**
     * Starts machines.
     *
     * @param count how many
     * @param rate reports a second over all of them
     * @param commandTopic where they read commands from; it has to be there
     * @param kafka properties of Kafka's clients, at least {@code bootstrap.servers}
     */
    public static LaundryMachines start(
            DatabaseAddress database, int count, int rate, String commandTopic, Map<String, Object> kafka) {
        LaundryMachines laundry = new LaundryMachines(database, count, rate, new CommandReader(commandTopic, kafka));
        laundry.thread.start();
        return laundry;
    }

    /** Stops the machines. Their rows stay. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (commands) {
            while (!closed) {
                connect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect() throws InterruptedException {
        try (MachineTable table = new MachineTable(database.connect())) {
            while (!closed) {
                for (SimulatedMachine machine : machines.values()) {
                    report(machine, table);
                }
            }
        } catch (SQLException e) {
            LOG.warn("The machines cannot write to {} ({}); they try again", database, e.getMessage());
            Thread.sleep(RETRY.toMillis());
        }
    }

    private void report(SimulatedMachine machine, MachineTable table) throws SQLException {
        long until = System.nanoTime() + turn.toNanos();
        machine.work(turn.toMillis() * machines.size() / 1_000.0);
        table.write(machine);
        do {
            obey(commands.poll(Duration.ofNanos(Math.max(0, until - System.nanoTime()))), table);
        } while (!closed && System.nanoTime() < until);
    }

    private void obey(List<MachineCommand> read, MachineTable table) throws SQLException {
        for (MachineCommand command : read) {
            SimulatedMachine machine = machines.get(command.machine());
            if (machine == null) {
                LOG.warn("There is no machine '{}'", command.machine());
            } else {
                machine.obey(command);
                table.write(machine);
            }
        }
    }
}
