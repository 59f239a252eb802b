/** Child processes that end with their parent, and the system's figures about them. */
@NullMarked
package io.laundrybridge.benchmark.process;

import org.jspecify.annotations.NullMarked;
