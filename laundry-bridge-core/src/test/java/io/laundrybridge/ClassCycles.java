package io.laundrybridge;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets of top-level classes in which each reaches all others by its dependencies. A nested class counts as its outer
 * one.
 */
final class ClassCycles {
    private final Map<String, Set<String>> uses = new HashMap<>();
    private final Map<String, Set<String>> reached = new HashMap<>();

    private ClassCycles(JavaClasses classes) {
        for (JavaClass each : classes) {
            Set<String> used = uses.computeIfAbsent(topLevel(each.getName()), any -> new HashSet<>());
            each.getDirectDependenciesFromSelf()
                    .forEach(use -> used.add(topLevel(use.getTargetClass().getName())));
        }
        uses.keySet().forEach(name -> reached.put(name, reach(name)));
    }

    /** Returns the cycles of {@code classes} that have more than {@code most} classes. */
    static Set<Set<String>> largerThan(int most, JavaClasses classes) {
        return new ClassCycles(classes).largerThan(most);
    }

    private Set<Set<String>> largerThan(int most) {
        Set<Set<String>> cycles = new HashSet<>();
        reached.forEach((name, all) -> {
            Set<String> cycle = new TreeSet<>();
            all.stream()
                    .filter(other -> reached.getOrDefault(other, Set.of()).contains(name))
                    .forEach(cycle::add);
            if (cycle.size() > most) {
                cycles.add(cycle);
            }
        });
        return cycles;
    }

    private Set<String> reach(String from) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(uses.get(from));
        while (!next.isEmpty()) {
            String name = next.remove();
            if (seen.add(name)) {
                next.addAll(uses.getOrDefault(name, Set.of()));
            }
        }
        return seen;
    }

    private static String topLevel(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
