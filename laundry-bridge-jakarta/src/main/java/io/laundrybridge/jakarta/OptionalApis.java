package io.laundrybridge.jakarta;

/** The APIs that an application or its server may have. Nothing that needs one is loaded without it. */
enum OptionalApis {
    /** Jakarta Contexts and Dependency Injection. */
    CDI("jakarta.enterprise.inject.spi.CDI"),
    /** MicroProfile Health. */
    HEALTH("org.eclipse.microprofile.health.HealthCheck"),
    /** MicroProfile JWT. */
    JWT("org.eclipse.microprofile.jwt.JsonWebToken");

    private final String type;

    OptionalApis(String type) {
        this.type = type;
    }

    /** Returns whether this module can use it. */
    boolean isThere() {
        try {
            Class.forName(type, false, OptionalApis.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }
}
