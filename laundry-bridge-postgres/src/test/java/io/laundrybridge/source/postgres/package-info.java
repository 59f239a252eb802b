/** The source against a real PostgreSQL. */
@NullMarked
package io.laundrybridge.source.postgres;

import org.jspecify.annotations.NullMarked;
