/**
 * The exceptions that the library throws at its users. Open {@link io.laundrybridge.error.LaundryBridgeException}
 * first.
 *
 * <p>Exported. Every package may depend on this one; it depends on none.
 */
@NullMarked
package io.laundrybridge.error;

import org.jspecify.annotations.NullMarked;
