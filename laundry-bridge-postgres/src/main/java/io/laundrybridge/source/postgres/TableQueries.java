package io.laundrybridge.source.postgres;

/**
 * The statements that read a table; every name in them is quoted. Immutable.
 *
 * @param table the table and its columns
 */
record TableQueries(PostgresTable table) {

    /** Looks the table up: the catalogue's numbers, the id's sequence, the columns and their types. */
    String lookUp() {
        return """
            SELECT pg_is_in_recovery(), c.oid, c.relkind, coalesce(pg_relation_filenode(c.oid), 0),
                (SELECT system_identifier FROM pg_control_system()), q.seqrelid,
                coalesce(pg_relation_filenode(q.seqrelid), 0), q.seqstart, q.seqincrement, q.seqcache, q.seqcycle,
                has_sequence_privilege(q.seqrelid, 'USAGE, SELECT'),
                array(SELECT attname::text FROM pg_attribute
                      WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum),
                array(SELECT format_type(atttypid, NULL) FROM pg_attribute
                      WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
            FROM (SELECT to_regclass(?)::oid AS oid) r LEFT JOIN pg_class c ON c.oid = r.oid
            LEFT JOIN (SELECT d.refobjid, s.* FROM pg_depend d
                       JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                       JOIN pg_sequence s ON s.seqrelid = d.objid
                       WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                         AND d.deptype IN ('a', 'i') AND a.attname = ?) q ON q.refobjid = c.oid\
            """;
    }

    /** Returns the lowest and the highest visible id, and the last one that the sequence gave. */
    String ends() {
        return "SELECT min(" + id() + "), max(" + id() + "), pg_sequence_last_value(?::oid::regclass) FROM " + name()
                + " WHERE " + id() + " >= 0";
    }

    /** Returns at most as many rows as the third parameter says, from the id of the second one on. */
    String rows() {
        String key = table.key() == null ? "NULL::text" : "t." + Identifier.quoted(table.key()) + "::text";
        String value =
                table.value() == null ? "row_to_json(t)::text" : "t." + Identifier.quoted(table.value()) + "::text";
        String time = "t." + Identifier.quoted(table.timestamp());
        return "SELECT p.id, p.k, p.v IS NULL, CASE WHEN octet_length(p.v) <= ? THEN p.v END, p.at FROM (SELECT t."
                + id() + " AS id, " + key + " AS k, " + value + " AS v, CASE WHEN isfinite(" + time
                + ") THEN floor(extract(epoch FROM " + time + ") * 1000)::bigint END AS at FROM " + name()
                + " t WHERE t."
                + id() + " >= ? ORDER BY t." + id() + " LIMIT ?) p ORDER BY p.id";
    }

    /** Returns the lowest id whose row is stamped at or after the parameter, in milliseconds since 1970. */
    String since() {
        return "SELECT min(" + id() + ") FROM " + name() + " WHERE " + Identifier.quoted(table.timestamp())
                + " >= to_timestamp(?::double precision / 1000) AND " + id() + " >= 0";
    }

    /** Returns the transactions that hold the lock of a writer on the table or on a partition of it. */
    String writers() {
        return """
            SELECT DISTINCT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND virtualtransaction IS NOT NULL
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (relation = ?::oid OR relation IN (SELECT relid FROM pg_partition_tree(?::oid::regclass)))\
            """;
    }

    private String id() {
        return Identifier.quoted(table.id());
    }

    private String name() {
        return Identifier.quotedTable(table.name());
    }
}
