package io.laundrybridge.kafka.inprocess;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker's fatal fault from ending the JVM that it shares with tests: the halt of Kafka's {@code Exit} class is
 * refused. That class has moved between packages, hence the reflection.
 */
final class KafkaExit {

    private static final Logger log = LoggerFactory.getLogger(KafkaExit.class);
    private static final List<String> HOMES =
            List.of("org.apache.kafka.common.utils.internals.Exit", "org.apache.kafka.common.utils.Exit");

    private KafkaExit() {}

    static void keepThisJvm() {
        try {
            var exit = exitClass();
            var procedure = Class.forName(exit.getName() + "$Procedure");
            var refusal = refusal(procedure);
            exit.getMethod("setExitProcedure", procedure).invoke(null, refusal);
            exit.getMethod("setHaltProcedure", procedure).invoke(null, refusal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Kafka's Exit class is not as expected; kafka.version is too new", e);
        }
    }

    private static Class<?> exitClass() throws ClassNotFoundException {
        for (var name : HOMES) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                log.debug("No {} in this Kafka", name);
            }
        }
        throw new ClassNotFoundException("Expected one of " + HOMES + "; kafka.version is too new");
    }

    private static Object refusal(Class<?> procedure) {
        return Proxy.newProxyInstance(
                procedure.getClassLoader(), new Class<?>[] {procedure}, (proxy, method, arguments) -> {
                    if (method.getName().equals("execute")) {
                        log.error("A broker in this JVM met a fatal fault and asked to end the JVM, which goes on"
                                + " without it");
                    }
                    return null;
                });
    }
}
