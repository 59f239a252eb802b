package io.laundrybridge.example.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where a PostgreSQL is, and who connects. Immutable.
 *
 * @param host name or address
 * @param port its port
 * @param database the database's name
 * @param user may create tables, and has the attribute REPLICATION
 * @param password empty if the server asks for none
 */
public record DatabaseAddress(String host, int port, String database, String user, String password) {
    private static final int STANDARD_PORT = 5432;

    /**
     * Reads {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE}.
     *
     * @throws IllegalArgumentException if it has another form; the message does not show the password
     */
    public static DatabaseAddress parse(String text) {
        try {
            URI uri = new URI(text);
            String path = uri.getPath() == null ? "" : uri.getPath();
            if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null || path.length() < 2) {
                throw wrong();
            }
            String[] login = uri.getRawUserInfo() == null
                    ? new String[] {"postgres"}
                    : uri.getRawUserInfo().split(":", 2);
            return new DatabaseAddress(
                    uri.getHost(),
                    uri.getPort() < 0 ? STANDARD_PORT : uri.getPort(),
                    path.substring(1),
                    decoded(login[0]),
                    login.length < 2 ? "" : decoded(login[1]));
        } catch (URISyntaxException e) {
            throw wrong();
        }
    }

    /** Returns the address for JDBC, without the password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /**
     * Connects.
     *
     * @throws SQLException if the database does not answer or refuses
     */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    /** Returns the address as {@code psql} takes it, without the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "--postgres has another form; expected --postgres=postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    }
}
