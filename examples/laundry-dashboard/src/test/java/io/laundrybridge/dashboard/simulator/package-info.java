@NullMarked
package io.laundrybridge.dashboard.simulator;

import org.jspecify.annotations.NullMarked;
