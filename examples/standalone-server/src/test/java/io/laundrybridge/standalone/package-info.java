@NullMarked
package io.laundrybridge.standalone;

import org.jspecify.annotations.NullMarked;
