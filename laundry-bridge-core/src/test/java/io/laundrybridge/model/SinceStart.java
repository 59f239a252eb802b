package io.laundrybridge.model;

import java.time.Instant;
import java.util.Arrays;

/** A viewer's start at a time: the records that it must get, whatever memory held then. */
final class SinceStart {
    private final Story story;
    private final long time;
    private final int life;
    private final long[] ends = new long[Story.PARTITIONS];

    SinceStart(Story story, long time) {
        this.story = story;
        this.time = time;
        this.life = story.life();
        for (int p = 0; p < ends.length; p++) {
            ends[p] = story.end(p);
        }
    }

    String from() {
        return "since:" + Instant.ofEpochMilli(time);
    }

    /** Returns whether a start at {@code at} in {@code partition} leaves no record out, and includes no earlier one. */
    boolean right(int partition, long at) {
        if (story.life() != life) {
            return true; // that stream is no longer known
        }
        long first = story.first(partition, time);
        if (at > first) {
            return story.forgets(); // perhaps before its place was found
        }
        return at == first || (at >= ends[partition] && first >= ends[partition]);
    }

    @Override
    public String toString() {
        return from() + ", when the partitions ended at " + Arrays.toString(ends);
    }
}
