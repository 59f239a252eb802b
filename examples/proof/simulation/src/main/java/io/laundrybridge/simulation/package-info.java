/**
 * Nodes with tens of thousands of sessions in virtual time: the bridge's own sessions, workers, logs and replays, with
 * simulated sockets, processors and a simulated topic. It answers how long a fleet takes to be live again after an
 * overload, or after the loss of a node. Open {@link io.laundrybridge.simulation.Fleet} first.
 */
@NullMarked
package io.laundrybridge.simulation;

import org.jspecify.annotations.NullMarked;
