/**
 * A table of PostgreSQL as a source of events, without Kafka. Open {@link
 * io.laundrybridge.source.postgres.PostgresSource} first; {@link io.laundrybridge.source.postgres.PostgresTable} names
 * the table and its columns.
 *
 * <p>A row's {@code id} is its offset, and the table is one partition. {@code TableLoop} reads for every handler on one
 * thread; {@code OpenWriters} decides which rows may be handed over while other transactions still write.
 */
@NullMarked
package io.laundrybridge.source.postgres;

import org.jspecify.annotations.NullMarked;
