/**
 * What a host lends the bridge: threads, clocks, telemetry and the audit. Every step may depend on this package. Open
 * {@link io.laundrybridge.host.HostServices} first.
 */
@NullMarked
package io.laundrybridge.host;

import org.jspecify.annotations.NullMarked;
