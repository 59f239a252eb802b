/** What a host lends the bridge: threads, clocks and telemetry. Every step may depend on this package. */
@NullMarked
package io.laundrybridge.host;

import org.jspecify.annotations.NullMarked;
