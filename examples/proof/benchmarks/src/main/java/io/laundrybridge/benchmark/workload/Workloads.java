package io.laundrybridge.benchmark.workload;

import io.laundrybridge.benchmark.load.Choice;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The workloads of the table of bars. */
public final class Workloads {
    private static final List<String> EVERYBODY = List.of("naive", "ours", "vertx", "stomp", "nats", "floor");
    private static final List<String> WITHOUT_NAIVE = List.of("ours", "nats", "floor");
    private static final List<String> WITH_INTERVAL = List.of("naive", "ours", "floor");
    private static final List<String> OURS = List.of("ours");
    private static final List<String> DEFLATING = List.of("naive-tomcat-deflate", "naive-jetty-deflate");

    /** Tomcat holds some 70 KiB for each session. */
    private static final int MANY_SESSIONS_HEAP = 1_536;

    private static final int MANY_TOPICS_HEAP = 300;

    private static final Course WINDOW = new WindowCourse();

    private Workloads() {}

    /** Returns all of them. */
    public static List<Workload> all() {
        Load laundry = Load.everything(200, 400, 0).flush(50);
        return List.of(
                Workload.of("saturation", "", WINDOW, Load.everything(200, 20_000, 200), EVERYBODY)
                        .fresh(250),
                Workload.of("cold", "", new ColdCourse(), Load.everything(200, 20_000, 200), WITHOUT_NAIVE)
                        .fresh(0),
                Workload.of("steady", "", WINDOW, Load.everything(500, 100, 200), EVERYBODY),
                Workload.of(
                        "steady-50ms",
                        "",
                        WINDOW,
                        Load.everything(500, 100, 200).flush(50),
                        WITH_INTERVAL),
                slowReaders("all read", 0),
                slowReaders("5 stop", 5),
                slowReaders("30 stop", 30),
                Workload.of("idle", "", new IdleCourse(), Load.everything(5_000, 0, 200), EVERYBODY)
                        .fresh(0)
                        .mostWindows(2)
                        .leastHeapMiB(MANY_SESSIONS_HEAP),
                Workload.of(
                                "topics",
                                "",
                                new TopicsCourse(),
                                Load.everything(2_000, 1_000, 200).topics(500),
                                OURS)
                        .fresh(0)
                        .mostWindows(2)
                        .leastHeapMiB(MANY_TOPICS_HEAP),
                selective("1000 sessions", 1_000),
                selective("10000 sessions", 10_000),
                tenants("where", tenants(Choice.WHERE)),
                tenants("rows", tenants(Choice.ROWS)),
                tenants("rows, sealed places", tenants(Choice.ROWS).withSealedPlaces()),
                Workload.of(
                                "resume",
                                "",
                                new ResumeCourse(10_000, Duration.ZERO),
                                Load.everything(50, 1_000, 200),
                                OURS)
                        .some(1_000),
                Workload.of("behind", "", new BehindCourse(30), Load.everything(100, 20_000, 200), OURS)
                        .fresh(0),
                Workload.of("recovery", "", new RecoveryCourse(10), Load.everything(200, 1_000, 200), OURS)
                        .some(100)
                        .fresh(0),
                Workload.of(
                                "storm",
                                "",
                                new ResumeCourse(200, Duration.ofSeconds(1)),
                                Load.everything(50, 20, 200),
                                OURS)
                        .some(5_000)
                        .leastHeapMiB(MANY_SESSIONS_HEAP),
                Workload.of("compressed", "plain", WINDOW, laundry, OURS),
                Workload.of("compressed", "compressed", WINDOW, laundry.compressed(), OURS),
                Workload.of("compressed", "permessage-deflate", WINDOW, laundry, DEFLATING));
    }

    private static Workload slowReaders(String variant, int stalled) {
        return Workload.of("slow-readers", variant, WINDOW, Load.everything(100, 500, 1_024), EVERYBODY)
                .some(stalled)
                .fresh(500)
                .mostWindows(3);
    }

    private static Workload selective(String variant, int sessions) {
        return Workload.of("selective", variant, WINDOW, Load.ownKeys(sessions, 10_000, 200), OURS)
                .fresh(10_000)
                .mostWindows(3)
                .leastHeapMiB(MANY_SESSIONS_HEAP);
    }

    private static Load tenants(Choice choice) {
        return Load.tenants(1_000, 10_000, 1_000, 200, choice);
    }

    private static Workload tenants(String variant, Load load) {
        return Workload.of("selective-rows", variant, WINDOW, load, OURS).leastHeapMiB(MANY_SESSIONS_HEAP);
    }

    /**
     * Returns those of the given names, in all variants.
     *
     * @throws IllegalArgumentException if a name has no workload
     */
    public static List<Workload> named(List<String> names, boolean quick) {
        List<String> known = all().stream().map(Workload::name).distinct().toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "--workloads: there is no '" + name + "'; there are " + String.join(", ", known));
        });
        Stream<Workload> chosen = all().stream().filter(workload -> names.contains(workload.name()));
        return (quick ? chosen.map(Workload::quick) : chosen).toList();
    }

    /** Returns every name. */
    public static List<String> names() {
        return all().stream().map(Workload::name).distinct().toList();
    }
}
