package io.laundrybridge.source.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** Makes the bridge's connections, with time limits and read-only. Immutable. */
final class PostgresConnections {
    private static final String PREFIX = "jdbc:postgresql:";

    private final String url;
    private final Properties properties;

    private PostgresConnections(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    /**
     * Returns the connections of {@code url}; makes none yet.
     *
     * @throws IllegalArgumentException if the URL is none of PostgreSQL's driver
     */
    static PostgresConnections to(String table, String url, Map<String, String> given) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "laundry-bridge " + table);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "15");
        properties.setProperty("tcpKeepAlive", "true");
        properties.putAll(given);
        if (!url.startsWith(PREFIX) || Driver.parseURL(url, properties) == null) {
            throw new IllegalArgumentException("The URL of table '" + table + "' is none of PostgreSQL's driver;"
                    + " expected " + PREFIX + "//host:port/database");
        }
        return new PostgresConnections(url, properties);
    }

    /** Opens a connection. The driver is asked itself: not every class loader sees it in the driver manager. */
    Connection open() throws SQLException {
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("the driver refused its URL", "08001");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on; SET statement_timeout = '10s';"
                    + " SET lock_timeout = '5s'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO';"
                    + " SET idle_in_transaction_session_timeout = '60s'");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }
}
