package io.laundrybridge;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** The list of packages that users may use, and what a rule asks about it. */
final class ExportedPackages {
    static final String LIST = "/META-INF/laundry-bridge/exported-packages";
    private static final Set<String> NAMES = read();

    private ExportedPackages() {}

    /** The names of the list, in alphabetical order. */
    static Set<String> names() {
        return NAMES;
    }

    private static Set<String> read() {
        try (InputStream list = Objects.requireNonNull(Bridge.class.getResourceAsStream(LIST), LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A user can name every type of ours that the class shows: its supertypes, and those in signatures of its members.
     */
    static ArchCondition<JavaClass> showOnlyExportedTypes() {
        return new ArchCondition<>("show only types that users may use") {
            @Override
            public void check(JavaClass shown, ConditionEvents events) {
                Stream<JavaType> supertypes =
                        Stream.concat(shown.getInterfaces().stream(), shown.getSuperclass().stream());
                report(shown, shown.getName(), supertypes, events);
                report(shown, shown.getName(), bounds(shown.getTypeParameters()), events);
                for (JavaMember member : shown.getMembers()) {
                    if (isVisible(member.getModifiers())
                            && !member.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                        report(shown, member.getFullName(), types(member), events);
                    }
                }
            }

            private void report(JavaClass shown, String where, Stream<JavaType> types, ConditionEvents events) {
                types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> type.getPackageName().startsWith("io.laundrybridge") && !isExported(type))
                        .distinct()
                        .forEach(type ->
                                events.add(SimpleConditionEvent.violated(shown, where + " shows " + type.getName())));
            }
        };
    }

    /**
     * Whether a user may name {@code type}: it is public, as are those around it, stands in a package of the list, and
     * is not marked itself.
     */
    static boolean isExported(JavaClass type) {
        return NAMES.contains(type.getPackageName())
                && isVisible(type.getModifiers())
                && !type.isAnnotatedWith(API.class)
                && type.getEnclosingClass().map(ExportedPackages::isExported).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getExceptionTypes().stream().map(JavaType.class::cast),
                        bounds(code.getTypeParameters()))
                .flatMap(each -> each);
    }

    private static Stream<JavaType> bounds(Iterable<? extends JavaTypeVariable<?>> parameters) {
        Stream.Builder<JavaType> bounds = Stream.builder();
        parameters.forEach(parameter -> parameter.getBounds().forEach(bounds));
        return bounds.build();
    }
}
