/** Checks the guarantee over random histories in memory: seeded plans of steps, one judge, plans that shrink. */
@NullMarked
package io.laundrybridge.model;

import org.jspecify.annotations.NullMarked;
