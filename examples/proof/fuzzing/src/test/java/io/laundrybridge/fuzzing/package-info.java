/**
 * Fuzz targets, one class for each thing that strangers write: whatever the bytes are, nothing unforeseen comes of
 * them.
 */
@NullMarked
package io.laundrybridge.fuzzing;

import org.jspecify.annotations.NullMarked;
