/** The outbox against a real PostgreSQL, Debezium and a real Kafka. */
@NullMarked
package io.laundrybridge.example.database.outbox;

import org.jspecify.annotations.NullMarked;
