/** From samples to tables, verdicts and a picture. */
@NullMarked
package io.laundrybridge.benchmark.report;

import org.jspecify.annotations.NullMarked;
