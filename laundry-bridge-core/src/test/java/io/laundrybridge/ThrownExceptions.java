package io.laundrybridge;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.lang.model.element.Name;

/**
 * Finds the exceptions that the methods of one class make and throw, by the syntax of its source. A method also throws
 * what it calls in the same class throws. Exceptions that are caught and thrown again, or come from other classes, are
 * not found unless they are declared.
 */
final class ThrownExceptions {
    private final Name type;
    private final List<MethodTree> methods;

    ThrownExceptions(ClassTree type) {
        this.type = type.getSimpleName();
        this.methods = type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .toList();
    }

    /** Returns the simple names of the exceptions that {@code method} throws or declares. */
    Set<String> of(MethodTree method) {
        Set<String> thrown = new TreeSet<>();
        method.getThrows().forEach(declared -> thrown.add(simpleName(declared)));
        collect(method, thrown, new HashSet<>());
        return thrown;
    }

    private void collect(MethodTree method, Set<String> thrown, Set<MethodTree> seen) {
        if (seen.add(method) && method.getBody() != null) {
            method.getBody().accept(new Finder(seen), thrown);
        }
    }

    private static String simpleName(Tree type) {
        return type.toString().replaceAll("^.*\\.", "");
    }

    /** Adds to a set what the visited code throws. */
    private final class Finder extends TreeScanner<Void, Set<String>> {
        private final Set<MethodTree> seen;

        private Finder(Set<MethodTree> seen) {
            this.seen = seen;
        }

        @Override
        public Void visitThrow(ThrowTree tree, Set<String> thrown) {
            if (tree.getExpression() instanceof NewClassTree made) {
                thrown.add(simpleName(made.getIdentifier()));
            } else if (tree.getExpression() instanceof MethodInvocationTree call) {
                thrown.add(returned(call));
            }
            return super.visitThrow(tree, thrown);
        }

        private String returned(MethodInvocationTree call) {
            return methods.stream()
                    .filter(method -> isCalled(method, call))
                    .map(method -> simpleName(method.getReturnType()))
                    .findFirst()
                    .orElse(isOfSetting(call, "refusal") ? "SettingException" : "Exception");
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Set<String> thrown) {
            if (isOfSetting(call, "check")) {
                thrown.add("SettingException");
            }
            follow(method -> isCalled(method, call), thrown);
            return super.visitMethodInvocation(call, thrown);
        }

        /** All constructors count: those of records have no parameters in this tree. */
        @Override
        public Void visitNewClass(NewClassTree made, Set<String> thrown) {
            if (made.getIdentifier().toString().equals(type.toString())) {
                follow(method -> method.getName().contentEquals("<init>"), thrown);
            }
            return super.visitNewClass(made, thrown);
        }

        private void follow(Predicate<MethodTree> called, Set<String> thrown) {
            methods.stream().filter(called).forEach(method -> collect(method, thrown, seen));
        }

        @Override
        public Void visitTry(TryTree tree, Set<String> thrown) {
            Set<String> inside = new TreeSet<>();
            scan(tree.getResources(), inside);
            scan(tree.getBlock(), inside);
            for (CatchTree each : tree.getCatches()) {
                List<String> caught =
                        List.of(each.getParameter().getType().toString().split(" \\| "));
                inside.removeIf(name -> caught.contains(name)
                        || caught.contains("Throwable")
                        || (caught.contains("RuntimeException") && !name.equals("IOException")));
                scan(each.getBlock(), thrown);
            }
            thrown.addAll(inside);
            return scan(tree.getFinallyBlock(), thrown);
        }

        /** A lambda's code runs later. */
        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Set<String> thrown) {
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, Set<String> thrown) {
            return null;
        }
    }

    private static boolean isCalled(MethodTree method, MethodInvocationTree call) {
        ExpressionTree target = call.getMethodSelect();
        String name = target instanceof IdentifierTree own ? own.getName().toString() : "";
        return method.getName().contentEquals(name.equals("this") ? "<init>" : name)
                && method.getParameters().size() == call.getArguments().size();
    }

    /** Returns whether {@code call} is of a method of a setting; settings are constants. */
    private static boolean isOfSetting(MethodInvocationTree call, String name) {
        return call.getMethodSelect() instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals(name)
                && select.getExpression().toString().matches("[A-Z_0-9]+(\\.of\\(.*\\))?");
    }
}
