/**
 * Shows the rows that Debezium captures. Open {@link io.laundrybridge.view.debezium.DebeziumView} first.
 *
 * <p>Exported. Knows Debezium's JSON only, and depends on no class of Debezium.
 */
@NullMarked
package io.laundrybridge.view.debezium;

import org.jspecify.annotations.NullMarked;
