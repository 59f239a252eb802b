package io.laundrybridge.jcstress.log;

import io.laundrybridge.channel.log.ChannelLog;
import io.laundrybridge.channel.log.Cursor;
import io.laundrybridge.channel.log.Run;

/** Reads lines of one key and follows the links from one to the next. For one actor. */
final class LinkedReader {
    private final NumberedLines lines;
    private final ChannelLog log;
    private final Cursor cursor;

    LinkedReader(NumberedLines lines, ChannelLog log) {
        this.lines = lines;
        this.log = log;
        this.cursor = Cursor.before(log, 0);
    }

    /** Returns "whole" once {@code last} lines have been read, or what is wrong with one of them. */
    String follow(long last) {
        String fault = null;
        while (fault == null && cursor.next() < last) {
            Meeting.await(cursor::behind);
            fault = readTo(log.head());
        }
        return fault == null ? "whole" : fault;
    }

    /** Returns what is wrong below {@code head}, which the log has shown; null if nothing is. */
    private String readTo(long head) {
        while (cursor.next() < head) {
            Run run = cursor.read(Integer.MAX_VALUE, Integer.MAX_VALUE);
            if (run.isEmpty() || run.first() != cursor.next()) {
                return "not found";
            }
            for (long at = run.first(); at < run.end(); at++) {
                String fault = lines.fault(run, at);
                if (fault != null) {
                    return fault;
                }
                long newer = run.newer(at);
                if (newer != at + 1 && (newer != Long.MAX_VALUE || at + 1 < Math.max(head, run.end()))) {
                    return "no link";
                }
            }
            cursor.advance(run, run.end());
        }
        return null;
    }
}
