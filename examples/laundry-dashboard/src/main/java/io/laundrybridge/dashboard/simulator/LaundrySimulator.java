package io.laundrybridge.dashboard.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Washers and dryers that report in turn, as many reports per second as the {@linkplain LaundryPlan plan} says.
 *
 * <p>Reads no clock and starts no thread: {@link #tick(Instant)} gets the time. Report number n is due n/rate seconds
 * after the start, so the reports depend on the plan and the start alone, not on the number of ticks. Confined to one
 * thread at a time.
 */
public final class LaundrySimulator {
    /** A clock that was this far away (a laptop asleep) is not made up for by a flood of old reports. */
    static final Duration LONGEST_BACKLOG = Duration.ofSeconds(5);

    private static final double LONGEST_LEAP_SECONDS = 7_200;

    private final LaundryPlan plan;
    private final Instant start;
    private final List<Reporter> reporters = new ArrayList<>();
    private final Consumer<MachineReport> reports;
    private long next;

    /**
     * Returns a laundry in full swing at {@code start}.
     *
     * @param reports takes each report on the thread that ticks
     */
    public LaundrySimulator(LaundryPlan plan, Instant start, Consumer<MachineReport> reports) {
        this.plan = plan;
        this.start = start;
        this.reports = reports;
        SplittableRandom random = new SplittableRandom(plan.seed() + 1);
        for (Machine machine : MachinePark.of(plan)) {
            machine.advance(random.nextDouble(1_200, 6_000));
            reporters.add(new Reporter(machine, start));
        }
    }

    /** Hands on every report that is due up to {@code now} and was not handed on yet; returns how many. */
    public int tick(Instant now) {
        leapIfLate(now);
        int count = 0;
        for (Instant due = dueAt(next); !due.isAfter(now); due = dueAt(next)) {
            Reporter reporter = reporters.get((int) (next % reporters.size()));
            reports.accept(reporter.reportAt(due));
            next++;
            count++;
        }
        return count;
    }

    /** Returns the keys of all machines, sorted. */
    public List<String> keys() {
        return reporters.stream()
                .map(reporter -> reporter.machine.key())
                .sorted()
                .toList();
    }

    private void leapIfLate(Instant now) {
        if (dueAt(next).plus(LONGEST_BACKLOG).isBefore(now)) {
            Duration sinceStart = Duration.between(start, now);
            next = sinceStart.toSeconds() * plan.rate();
        }
    }

    private Instant dueAt(long report) {
        return start.plusSeconds(report / plan.rate()).plusNanos(report % plan.rate() * 1_000_000_000L / plan.rate());
    }

    private final class Reporter {
        private final Machine machine;
        private Instant last;

        Reporter(Machine machine, Instant last) {
            this.machine = machine;
            this.last = last;
        }

        MachineReport reportAt(Instant due) {
            double seconds = Duration.between(last, due).toNanos() / 1e9 * plan.speed();
            machine.advance(Math.min(seconds, LONGEST_LEAP_SECONDS));
            last = due;
            return machine.report(due);
        }
    }
}
