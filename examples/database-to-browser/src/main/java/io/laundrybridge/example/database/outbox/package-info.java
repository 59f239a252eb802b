/**
 * The outbox pattern: a command handler changes its tables and writes the event in one transaction, and change capture
 * carries the event into Kafka. Open {@link io.laundrybridge.example.database.outbox.ProgrammeOrders} first.
 */
@NullMarked
package io.laundrybridge.example.database.outbox;

import org.jspecify.annotations.NullMarked;
