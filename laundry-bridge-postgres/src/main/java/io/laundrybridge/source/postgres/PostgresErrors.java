package io.laundrybridge.source.postgres;

import java.sql.SQLException;
import java.util.Map;

/** Translates errors of the driver and the server into sentences without addresses and secrets. */
final class PostgresErrors {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("28P01", "PostgreSQL refused the credentials of the bridge; check user and password"),
            Map.entry("28000", "PostgreSQL lets the bridge's user in from nowhere here; check pg_hba.conf"),
            Map.entry("3D000", "The database does not exist; once it is created, reading begins by itself"),
            Map.entry("53300", "PostgreSQL has no connection left for the bridge; raise max_connections"),
            Map.entry("57P01", "PostgreSQL ended the bridge's connection; it is being made again"),
            Map.entry("57P02", "PostgreSQL crashed and starts again"),
            Map.entry("57P03", "PostgreSQL starts or stops; reading goes on when it takes connections"));

    private PostgresErrors() {}

    /** Returns the sentence about {@code failure} while {@code table} was read. */
    static String sentence(String table, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String known = SENTENCES.get(state);
        if (known != null) {
            return known;
        }
        return switch (state) {
            case "42501" ->
                "PostgreSQL does not let the bridge read table '" + table
                        + "'; grant its user USAGE on the schema and SELECT on the table";
            case "55P03" -> "Table '" + table + "' is locked by another transaction, such as an ALTER TABLE";
            case "57014" ->
                "A query of table '" + table + "' took longer than 10 s; check the index of its id column, and of its"
                        + " time column";
            case "42P01", "3F000" -> missing(table);
            default -> ofClass(table, state);
        };
    }

    /** Returns the sentence about a table that does not exist. */
    static String missing(String table) {
        return "Table '" + table + "' does not exist; once it is created, reading begins by itself";
    }

    private static String ofClass(String table, String state) {
        if (state.isEmpty() || state.startsWith("08")) {
            return "PostgreSQL does not answer";
        }
        if (state.startsWith("53") || state.startsWith("58")) {
            return "PostgreSQL has no resources left, such as disk or memory (SQLSTATE " + state + ")";
        }
        return "PostgreSQL cannot read table '" + table + "' (SQLSTATE " + state + "); the server's log says why";
    }
}
