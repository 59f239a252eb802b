package io.laundrybridge.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the channels that a bean is for, in place of the bean's name. It belongs on a method with {@code @Bean}, or on
 * the class of a component.
 *
 * <pre>{@code
 * @Bean
 * @ForChannel({"orders", "bills"})
 * Access tenants() {
 *     return (caller, channel) -> Grant.rows(RowFilter.eq("/tenant", caller.claim("tenant")));
 * }
 * }</pre>
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ForChannel {

    /** {@return the names of channels; by default all that there are} */
    String[] value() default {};
}
