/**
 * The values that travel the path: records as a source hands them over, places and positions in a
 * stream, and the notices (gaps, resets) that stand where records are missing.
 *
 * <p>Every step may depend on this package; it depends on none of them.
 */
@NullMarked
package io.laundrybridge.event;

import org.jspecify.annotations.NullMarked;
