package io.laundrybridge.example.database.machines;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One washing machine: it runs programmes, may fail, and obeys commands. Not thread-safe. */
final class SimulatedMachine {
    private static final List<String> PROGRAMMES = List.of("cotton 60", "coloured 40", "wool 30", "express 15");
    private static final int ROOM_CELSIUS = 20;
    private static final int STEP_PERCENT = 4;
    private static final int ALARM_ONE_IN = 250;

    private final String id;
    private final String site;
    private final Random random;
    private State state = State.IDLE;
    private @Nullable String programme;
    private @Nullable String alarm;
    private @Nullable String commandMid;
    private @Nullable String changedBy;
    private int progress;
    private double temperature = ROOM_CELSIUS;
    private double energy; // in kWh; a step may use less than the table's last digit

    /** What a machine does. */
    enum State {
        IDLE,
        RUNNING,
        PAUSED,
        ALARM
    }

    SimulatedMachine(String id, String site, Random random) {
        this.id = id;
        this.site = site;
        this.random = random;
    }

    /** Lets {@code seconds} pass. */
    void work(double seconds) {
        if (state == State.RUNNING) {
            progress += STEP_PERCENT;
            temperature += (target() - temperature) * 0.2;
            energy += power() * seconds / 3_600_000;
            if (random.nextInt(ALARM_ONE_IN) == 0) {
                state = State.ALARM;
                alarm = "door leaks";
            } else if (progress >= 100) {
                finish();
            }
        } else {
            temperature += (ROOM_CELSIUS - temperature) * 0.1;
            if (state == State.IDLE && changedBy == null && random.nextInt(10) == 0) {
                begin();
            }
        }
    }

    /** Does what {@code command} says, if that is possible now; returns whether anything changed. */
    boolean obey(MachineCommand command) {
        boolean changed = switch (command.action()) {
            case "start" -> start();
            case "pause" -> become(State.RUNNING, State.PAUSED);
            case "stop" -> stop();
            default -> false;
        };
        commandMid = command.mid();
        changedBy = command.by();
        return changed;
    }

    private boolean start() {
        if (state == State.IDLE) {
            begin();
            return true;
        }
        return become(State.PAUSED, State.RUNNING);
    }

    private boolean stop() {
        boolean changed = state != State.IDLE;
        finish();
        return changed;
    }

    private boolean become(State from, State to) {
        if (state != from) {
            return false;
        }
        state = to;
        return true;
    }

    private void begin() {
        state = State.RUNNING;
        programme = PROGRAMMES.get(random.nextInt(PROGRAMMES.size()));
        progress = 0;
    }

    private void finish() {
        state = State.IDLE;
        programme = null;
        alarm = null;
        progress = 0;
    }

    private int target() {
        String running = programme == null ? "20" : programme;
        return Integer.parseInt(running.substring(running.lastIndexOf(' ') + 1));
    }

    String id() {
        return id;
    }

    String site() {
        return site;
    }

    String state() {
        return state.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Nullable String programme() {
        return programme;
    }

    @Nullable String alarm() {
        return alarm;
    }

    @Nullable String commandMid() {
        return commandMid;
    }

    @Nullable String changedBy() {
        return changedBy;
    }

    int progress() {
        return Math.min(progress, 100);
    }

    int power() {
        return state == State.RUNNING ? 400 + 30 * target() : 5;
    }

    BigDecimal energy() {
        return BigDecimal.valueOf(energy).setScale(3, RoundingMode.DOWN);
    }

    double temperature() {
        return Math.round(temperature * 10) / 10.0;
    }
}
