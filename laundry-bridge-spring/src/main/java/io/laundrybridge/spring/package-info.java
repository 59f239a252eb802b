/**
 * The bridge in a Spring Boot application with a servlet container, by properties alone: {@link
 * io.laundrybridge.spring.LaundryBridgeAutoConfiguration} says what happens.
 */
@NullMarked
package io.laundrybridge.spring;

import org.jspecify.annotations.NullMarked;
