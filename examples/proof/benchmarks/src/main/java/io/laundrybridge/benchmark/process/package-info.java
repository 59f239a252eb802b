/** Child processes that end with their parent, and what the system says about them. */
@NullMarked
package io.laundrybridge.benchmark.process;

import org.jspecify.annotations.NullMarked;
