package io.laundrybridge;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What users may call says in {@code @throws} which exceptions it throws. */
class ThrowsAreDocumentedTest {
    private static final List<Path> SOURCES = Stream.of("core", "jakarta", "spring")
            .map(module -> Path.of("../laundry-bridge-" + module + "/src/main/java"))
            .toList();

    /** What the syntax suggests, but cannot happen. */
    private static final Set<String> NEVER = Set.of("InMemorySource.named(String name): IllegalArgumentException");

    @Test
    void everyExportedMethodDocumentsWhatItThrows() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(100);
        List<String> missing = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees documentation = DocTrees.instance(task);
            for (CompilationUnitTree file : task.parse()) {
                new Checker(documentation).scan(file, missing);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : SOURCES) {
            for (String name : ExportedPackages.names()) {
                Path folder = root.resolve(name.replace('.', '/'));
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> all = Files.list(folder)) {
                        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files;
    }

    /** Adds exceptions without {@code @throws} to a list. */
    private static final class Checker extends TreePathScanner<Void, List<String>> {
        private final DocTrees documentation;

        private Checker(DocTrees documentation) {
            this.documentation = documentation;
        }

        /** Skips the members of classes that users cannot name or are asked not to use. */
        @Override
        public Void visitClass(ClassTree type, List<String> missing) {
            return isVisible(type.getModifiers()) && !isAnnotated(type.getModifiers(), "API")
                    ? super.visitClass(type, missing)
                    : null;
        }

        /** An overriding method promises what the overridden one does, which has its own documentation. */
        @Override
        public Void visitMethod(MethodTree method, List<String> missing) {
            if (isVisible(method.getModifiers()) && !isAnnotated(method.getModifiers(), "Override")) {
                Tree type = getCurrentPath().getParentPath().getLeaf();
                Set<String> thrown = new ThrownExceptions((ClassTree) type).of(method);
                thrown.removeAll(documented());
                String place = ((ClassTree) type).getSimpleName() + "." + method.getName() + "("
                        + method.getParameters() + "): ";
                thrown.stream().map(place::concat).filter(not(NEVER::contains)).forEach(missing::add);
            }
            return null;
        }

        private Set<String> documented() {
            DocCommentTree comment = documentation.getDocCommentTree(getCurrentPath());
            return comment == null
                    ? Set.of()
                    : comment.getBlockTags().stream()
                            .filter(ThrowsTree.class::isInstance)
                            .map(tag -> ((ThrowsTree) tag).getExceptionName().getSignature())
                            .map(name -> name.replaceAll("^.*\\.", ""))
                            .collect(Collectors.toCollection(TreeSet::new));
        }

        private boolean isVisible(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            TreePath around = getCurrentPath().getParentPath();
            boolean inInterface = around.getLeaf().getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private static boolean isAnnotated(ModifiersTree modifiers, String name) {
            return modifiers.getAnnotations().stream()
                    .map(AnnotationTree::getAnnotationType)
                    .anyMatch(type -> type.toString().equals(name));
        }
    }
}
