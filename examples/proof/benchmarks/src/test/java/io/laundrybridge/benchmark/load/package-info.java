@NullMarked
package io.laundrybridge.benchmark.load;

import org.jspecify.annotations.NullMarked;
