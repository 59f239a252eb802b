package io.laundrybridge.host;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes audit events as lines of {@code name=value} pairs, without pairs that have no value. */
final class AuditLog implements AuditListener {
    private final Logger log;

    AuditLog() {
        this(LoggerFactory.getLogger("io.laundrybridge.audit"));
    }

    AuditLog(Logger log) {
        this.log = log;
    }

    @Override
    public void audit(AuditEvent event) {
        if (log.isInfoEnabled()) {
            log.info(line(event));
        }
    }

    /** Returns the line of {@code event}; the time is the logger's own. */
    static String line(AuditEvent event) {
        StringBuilder line = new StringBuilder(200)
                .append(event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        AuditEvent.Client client = event.client();
        add(line, "session", client.session());
        add(line, "user", client.user());
        add(line, "address", client.address());
        add(line, "origin", client.origin());
        add(line, "channel", event.channel());
        add(line, "code", event.code());
        add(line, "reason", event.reason());
        return line.toString();
    }

    /** Adds a pair; a value with other characters than those of names and addresses is quoted. */
    private static void add(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            boolean bare = value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_.:/@%[]".indexOf(c) >= 0);
            String shown = bare ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            line.append(' ').append(name).append('=').append(shown);
        }
    }
}
