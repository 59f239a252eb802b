/**
 * A laundry whose machines are rows of PostgreSQL: database, change data capture, Kafka, bridge and page in one
 * process. Open {@link io.laundrybridge.example.database.DatabaseToBrowser} first.
 */
@NullMarked
package io.laundrybridge.example.database;

import org.jspecify.annotations.NullMarked;
