/**
 * A few hundred washers and dryers that behave believably and are the same for the same seed.
 *
 * <p>Nothing in here knows Kafka, starts a thread or reads a clock: {@link
 * io.laundrybridge.dashboard.simulator.LaundrySimulator} gets the time and hands out reports.
 */
@NullMarked
package io.laundrybridge.dashboard.simulator;

import org.jspecify.annotations.NullMarked;
