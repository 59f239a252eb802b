@NullMarked
package io.laundrybridge.dashboard;

import org.jspecify.annotations.NullMarked;
