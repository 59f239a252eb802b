package io.laundrybridge.sink.kafka;

import io.laundrybridge.error.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * The version of kafka-clients on the class path. Producers before 4.1.2 may write a record to another topic than its
 * own, because they reuse a buffer too early (CVE-2026-35554).
 */
final class ClientVersion {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?.*");
    private static final Pattern CONFLUENT = Pattern.compile(".*-(ccs|ce)\\b.*");

    /** Confluent's versions run four ahead of Kafka's. */
    private static final int CONFLUENT_AHEAD = 4;

    private ClientVersion() {}

    /**
     * Refuses a version that has the fault.
     *
     * @throws SettingException if it has, or if the version cannot be read
     */
    static void demandSafe() {
        demandSafe(found());
    }

    static void demandSafe(String version) {
        if (!isSafe(version)) {
            throw new SettingException(
                    "kafka-clients",
                    "Publishing needs kafka-clients 4.1.2 or newer, and the class path has "
                            + (version.isEmpty() ? "one without a version" : version)
                            + ": older producers may write a record to a wrong topic (CVE-2026-35554);"
                            + " update org.apache.kafka:kafka-clients, or publish nothing");
        }
    }

    /** Returns whether {@code version} is known to be without the fault. */
    static boolean isSafe(String version) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            return false;
        }
        int ahead = CONFLUENT.matcher(version).matches() ? CONFLUENT_AHEAD : 0;
        int[] safe = {4, 1, 2};
        int[] found = {
            Integer.parseInt(numbers.group(1)) - ahead,
            Integer.parseInt(numbers.group(2)),
            numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3))
        };
        for (int i = 0; i < safe.length; i++) {
            if (found[i] != safe[i]) {
                return found[i] > safe[i];
            }
        }
        return true;
    }

    /** Returns the version that the jar of the producer names; "" if it names none. */
    private static String found() {
        Properties named = new Properties();
        try (InputStream file = KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            if (file != null) {
                named.load(file);
            }
        } catch (IOException e) {
            return "";
        }
        return named.getProperty("version", "").strip();
    }
}
