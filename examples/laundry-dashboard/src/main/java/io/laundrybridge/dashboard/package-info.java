/**
 * The laundry dashboard: a simulated laundry whose machines write to Kafka, and the page that shows them.
 *
 * <p>{@link io.laundrybridge.dashboard.LaundryFeed} is where a real installation would have its machines.
 */
@NullMarked
package io.laundrybridge.dashboard;

import org.jspecify.annotations.NullMarked;
