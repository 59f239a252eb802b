@NullMarked
package io.laundrybridge.benchmark.peer;

import org.jspecify.annotations.NullMarked;
