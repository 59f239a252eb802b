package io.laundrybridge.example.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of the laundry. */
public final class LaundrySchema {
    private static final String TABLES = """
        create table if not exists machine (
            id text primary key,
            site text not null,
            kind text not null,
            state text not null check (state in ('idle', 'running', 'paused', 'alarm')),
            programme text,
            progress int not null default 0,
            power_watts int not null default 0,
            energy_kwh numeric(12, 3) not null default 0,
            temperature double precision not null default 20,
            alarm text,
            command_mid text,
            changed_by text,
            changed_at timestamptz not null default now());
        create table if not exists machine_report (
            id bigint generated always as identity primary key,
            machine text not null,
            site text not null,
            at timestamptz not null default now(),
            state text not null,
            programme text,
            power_watts int not null,
            energy_kwh numeric(12, 3) not null,
            temperature double precision not null,
            alarm text);
        """;

    private LaundrySchema() {}

    /**
     * Creates the tables that are absent.
     *
     * @throws IllegalStateException if the database does not answer or refuses
     */
    public static void createIfAbsent(DatabaseAddress database) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The tables could not be created in " + database + " (" + e.getMessage()
                            + "); expected a database that answers, and a user who may create tables",
                    e);
        }
    }
}
