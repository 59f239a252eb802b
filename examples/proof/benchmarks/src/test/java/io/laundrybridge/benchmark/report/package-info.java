@NullMarked
package io.laundrybridge.benchmark.report;

import org.jspecify.annotations.NullMarked;
