package io.laundrybridge.example.database.streams;

/**
 * A machine in alarm.
 *
 * @param since when the first report of this alarm was written, ISO 8601
 */
record MachineAlarm(String machine, String site, String alarm, String since) {}
