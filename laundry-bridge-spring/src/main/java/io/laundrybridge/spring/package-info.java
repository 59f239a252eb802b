/**
 * Runs the bridge in a Spring Boot application with a servlet container, by properties alone. Open {@link
 * io.laundrybridge.spring.LaundryBridgeAutoConfiguration} first.
 */
@NullMarked
package io.laundrybridge.spring;

import org.jspecify.annotations.NullMarked;
