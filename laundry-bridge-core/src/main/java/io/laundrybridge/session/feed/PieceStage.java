package io.laundrybridge.session.feed;

import io.laundrybridge.channel.log.Run;
import io.laundrybridge.session.reader.LogReader;

/** Reads a replayed piece of the stream. */
final class PieceStage extends Stage {
    private final CatchUp catchUp;

    PieceStage(LogReader piece, CatchUp catchUp) {
        super(piece);
        this.catchUp = catchUp;
    }

    @Override
    void advance(Run run, long end) {
        if (end > run.first()) {
            catchUp.took(run.entry(end - 1).to() - run.entry(run.first()).from());
        }
        super.advance(run, end);
    }

    @Override
    boolean hasWork() {
        return reader().behind() || isOver();
    }

    /** Returns whether the whole piece has been read. */
    boolean isOver() {
        return reader().reached(reader().log().head()) || reader().lost();
    }
}
