package io.laundrybridge.jakarta;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Names the channel of a CDI bean. A bean for several channels has several of these.
 *
 * <pre>{@code
 * @Produces
 * @ForChannel("orders")
 * Access tenants() {
 *     return (caller, channel) -> Grant.rows(RowFilter.eq("/tenant", caller.claim("tenant")));
 * }
 *
 * @Inject
 * @ForChannel("orders")
 * Bridge orders;
 * }</pre>
 */
@Qualifier @Documented
@Repeatable(ForChannel.List.class)
@Retention(RetentionPolicy.RUNTIME)
public @interface ForChannel {

    /** {@return the channel's name; by default all channels that there are} */
    String value() default "";

    /** Several channels. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @interface List {

        /** {@return one per channel} */
        ForChannel[] value();
    }

    /** The annotation as an object, for lookups in code. */
    final class Literal extends AnnotationLiteral<ForChannel> implements ForChannel {
        private static final long serialVersionUID = 1L;

        /** The channel's name. */
        private final String channel;

        private Literal(String channel) {
            this.channel = channel;
        }

        /**
         * {@return the qualifier of the channel {@code name}}
         *
         * @param name the channel's name
         */
        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return channel;
        }
    }
}
