@NullMarked
package io.laundrybridge.benchmark.process;

import org.jspecify.annotations.NullMarked;
