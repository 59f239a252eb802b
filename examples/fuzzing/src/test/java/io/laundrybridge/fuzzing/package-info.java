/** What strangers send, one class for each thing that is read: whatever the bytes are, nothing unforeseen comes of them. */
@NullMarked
package io.laundrybridge.fuzzing;

import org.jspecify.annotations.NullMarked;
