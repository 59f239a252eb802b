@NullMarked
package io.laundrybridge.archive;

import org.jspecify.annotations.NullMarked;
