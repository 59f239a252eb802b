/** Fuzz targets, one class per input of clients and operators: no bytes may cause an unforeseen error. */
@NullMarked
package io.laundrybridge.fuzzing;

import org.jspecify.annotations.NullMarked;
