package io.laundrybridge.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("BanJNDI")
class ServerThreadsTest {

    @Test
    void theServersManagedThreadsAreTaken() throws Exception {
        ThreadFactory managed = Thread::new;
        Context component = component();
        component.bind("DefaultManagedThreadFactory", managed);
        try {
            assertThat(ServerThreads.of(ServerThreadsTest.class.getClassLoader()))
                    .isSameAs(managed);
        } finally {
            component.unbind("DefaultManagedThreadFactory");
        }
    }

    @Test
    void withoutThemThreadsAreDaemonsOfTheApplication() {
        ClassLoader application = new ClassLoader() {};
        Thread thread = ServerThreads.of(application).newThread(() -> {});
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getContextClassLoader()).isSameAs(application);
    }

    /** The component's own names, of the naming service that comes with Jetty. */
    private static Context component() throws NamingException {
        return (Context) new InitialContext().lookup("java:comp");
    }
}
