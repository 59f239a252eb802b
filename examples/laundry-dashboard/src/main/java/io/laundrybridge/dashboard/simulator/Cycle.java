package io.laundrybridge.dashboard.simulator;

import org.jspecify.annotations.Nullable;

/** One run of a programme on one drum, with the fault it is going to meet, if any. */
final class Cycle {
    /** Kelvin by which a machine may exceed its target before its alarm trips. */
    private static final double TOO_HOT = 6;

    private final Programme programme;
    private final Drum drum;
    private final double strikeAt;
    private @Nullable Fault fault;
    private int index;
    private double elapsed;
    private double before;

    /**
     * A cycle at its beginning.
     *
     * @param fault strikes once, in the first phase that it can
     * @param strikeAt the part of that phase after which it does, 0 to 1
     */
    Cycle(Programme programme, Drum drum, @Nullable Fault fault, double strikeAt) {
        this.programme = programme;
        this.drum = drum;
        this.fault = fault;
        this.strikeAt = strikeAt;
    }

    Programme programme() {
        return programme;
    }

    Phase phase() {
        return stage().phase();
    }

    boolean finished() {
        return index == programme.stages().size();
    }

    /** Never falls, 0 to 1. */
    double progress() {
        if (finished()) {
            return 1;
        }
        return (before + Math.min(elapsed, stage().seconds())) / programme.seconds();
    }

    /** Works for some seconds; returns the fault that stopped it, or null. */
    @Nullable Fault advance(double seconds) {
        Stage stage = stage();
        drum.work(stage, elapsed, seconds);
        elapsed += seconds;
        Fault struck = strike(stage);
        if (struck == null && drum.done(stage, elapsed)) {
            before += stage.seconds();
            elapsed = 0;
            index++;
            drum.stickHeater(false);
        }
        return struck;
    }

    private @Nullable Fault strike(Stage stage) {
        Fault coming = fault;
        if (coming == null || !coming.strikesIn(stage.phase()) || elapsed < strikeAt * stage.seconds()) {
            return null;
        }
        if (coming == Fault.OVERHEATING && drum.temperature() < stage.target() + TOO_HOT) {
            drum.stickHeater(true);
            return null;
        }
        drum.stickHeater(false);
        fault = null;
        return coming;
    }

    private Stage stage() {
        return programme.stages().get(index);
    }
}
