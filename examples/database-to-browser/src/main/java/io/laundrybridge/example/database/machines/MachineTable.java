package io.laundrybridge.example.database.machines;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes what machines report, each report in a transaction of its own. Not thread-safe. */
final class MachineTable implements AutoCloseable {
    private static final String STATE = """
        insert into machine (id, site, kind, state, programme, progress, power_watts, energy_kwh, temperature, alarm,
            command_mid, changed_by, changed_at)
        values (?, ?, 'washer', ?, ?, ?, ?, ?, ?, ?, ?, ?, now())
        on conflict (id) do update set state = excluded.state, programme = excluded.programme,
            progress = excluded.progress, power_watts = excluded.power_watts, energy_kwh = excluded.energy_kwh,
            temperature = excluded.temperature, alarm = excluded.alarm, command_mid = excluded.command_mid,
            changed_by = excluded.changed_by, changed_at = excluded.changed_at\
        """;
    private static final String REPORT = """
        insert into machine_report (machine, site, state, programme, power_watts, energy_kwh, temperature, alarm)
        values (?, ?, ?, ?, ?, ?, ?, ?)\
        """;

    private final Connection connection;
    private final PreparedStatement state;
    private final PreparedStatement report;

    MachineTable(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        this.state = connection.prepareStatement(STATE);
        this.report = connection.prepareStatement(REPORT);
    }

    void write(SimulatedMachine machine) throws SQLException {
        state.setString(1, machine.id());
        state.setString(2, machine.site());
        state.setString(3, machine.state());
        state.setString(4, machine.programme());
        state.setInt(5, machine.progress());
        state.setInt(6, machine.power());
        state.setBigDecimal(7, machine.energy());
        state.setDouble(8, machine.temperature());
        state.setString(9, machine.alarm());
        state.setString(10, machine.commandMid());
        state.setString(11, machine.changedBy());
        state.executeUpdate();
        report.setString(1, machine.id());
        report.setString(2, machine.site());
        report.setString(3, machine.state());
        report.setString(4, machine.programme());
        report.setInt(5, machine.power());
        report.setBigDecimal(6, machine.energy());
        report.setDouble(7, machine.temperature());
        report.setString(8, machine.alarm());
        report.executeUpdate();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
