/**
 * Checks that every event arrived exactly as {@code docs/guarantee.md} promises: a ledger per client, and a judge that
 * compares ledgers with Kafka. Open {@link io.laundrybridge.test.delivery.DeliveryJudge} first.
 */
@NullMarked
package io.laundrybridge.test.delivery;

import org.jspecify.annotations.NullMarked;
