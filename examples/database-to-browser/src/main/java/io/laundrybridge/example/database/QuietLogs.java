package io.laundrybridge.example.database;

/**
 * Lowers the log levels of database, broker and clients, so that the one important line is seen. It sets system
 * properties, because under Maven's {@code exec:java} the logging reads no file of the project. Call it before anything
 * logs.
 */
final class QuietLogs {
    private static final String LEVEL = "org.slf4j.simpleLogger.log.";

    private QuietLogs() {}

    /** Sets levels, except those that were set with {@code -D}. */
    static void unlessChosen() {
        choose("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        choose(LEVEL + "org.apache.kafka", "error");
        choose(LEVEL + "kafka", "error");
        choose(LEVEL + "io.debezium", "error");
        choose(LEVEL + "io.zonky", "error");
        choose(LEVEL + "state.change.logger", "error");
    }

    private static void choose(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
