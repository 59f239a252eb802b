package io.laundrybridge.benchmark.load;

import io.laundrybridge.benchmark.process.CProgram;
import io.laundrybridge.benchmark.process.Child;
import io.laundrybridge.benchmark.process.ClassPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which load client reads. The one in C takes the least of the processors that it shares with the server, and it needs
 * no warm-up; the one in Java knows every workload.
 *
 * @param threads of the client in Java; the one in C has one
 * @param inC whether the client in C reads what it knows, if there is a C compiler
 */
public record Reading(int threads, boolean inC) {

    /** Returns the command that starts the load client for a plan; builds it in {@code folder} if it is in C. */
    public List<String> command(LoadPlan plan, Path folder) {
        if (inC && threads == 1 && plan.isKnownInC() && CProgram.available()) {
            List<String> command = new ArrayList<>();
            command.add(new CProgram(Reading.class, "client").build(folder).toString());
            command.addAll(plan.argumentsInC());
            return command;
        }
        return Child.java(List.of("-Xmx512m"), ClassPath.own(), LoadClient.class.getName(), plan.arguments());
    }
}
