package io.laundrybridge.source.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Checks and quotes names of PostgreSQL, so that no name can change the meaning of a statement. */
final class Identifier {
    /** PostgreSQL cuts longer names. */
    private static final int LONGEST_BYTES = 63;

    private Identifier() {}

    /**
     * Returns {@code name} if PostgreSQL can store it.
     *
     * @throws IllegalArgumentException if it is empty, longer than 63 bytes or has a NUL character
     */
    static String checked(String kind, String name) {
        boolean fits = !name.isEmpty() && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        if (!fits || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(kind + " '" + name.replace('\0', '?')
                    + "' is no name in PostgreSQL; expected 1 to 63 bytes without a NUL character");
        }
        return name;
    }

    /** Returns {@code table}, which may begin with a schema and a dot, if each part is a name. */
    static String checkedTable(String table) {
        String[] parts = table.split("\\.", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("Table '" + table + "' has " + parts.length
                    + " parts; expected a name, or a schema, a dot and a name");
        }
        for (String part : parts) {
            checked("Table", part);
        }
        return table;
    }

    /** Returns {@code name} in double quotes, with its own ones doubled. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns {@code table} with each of its parts quoted. */
    static String quotedTable(String table) {
        return Arrays.stream(table.split("\\.", -1)).map(Identifier::quoted).collect(Collectors.joining("."));
    }

    /** Returns {@code text} as a literal of SQL. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
