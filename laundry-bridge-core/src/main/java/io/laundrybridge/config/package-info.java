/**
 * Reading {@code laundry-bridge.*} settings: one converter for durations, sizes and choices in every host, and errors
 * that name the key. Every step may depend on this package.
 */
@NullMarked
package io.laundrybridge.config;

import org.jspecify.annotations.NullMarked;
