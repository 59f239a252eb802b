@NullMarked
package io.laundrybridge.benchmark;

import org.jspecify.annotations.NullMarked;
