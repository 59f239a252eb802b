@NullMarked
package io.laundrybridge.simulation;

import org.jspecify.annotations.NullMarked;
