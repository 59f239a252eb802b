package io.laundrybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the rules of docs/style.md that a test can check. */
class StyleTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path CORE = ROOT.resolve("laundry-bridge-core/src/main/java/io/laundrybridge");
    private static final int COLUMNS = 120;
    private static final int WORDS = 25;
    private static final Pattern CODE = Pattern.compile(".*\\.(java|js|mjs|ts|sh|py)|.*/\\.ci/[a-z-]+");
    private static final Set<String> FOLDERS = Set.of("target", ".git", "node_modules", "vendor");
    private static final String LITERAL = "\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])*+'";
    private static final Pattern LITERAL_OR_COMMENT =
            Pattern.compile("\"\"\".*?\"\"\"|" + LITERAL + "|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern UNCLEAR = Pattern.compile(
            "\\b(whoever|those who|(?<!operator |attacker |user |visitor )who (is|are|has|have|gets|comes|stands))\\b"
                    + "|\\b(hears|nobody|everybody|somebody) (hears|is told|stands|lies)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Texts in quotes, tables and addresses may be longer. */
    @Test
    void linesHaveAtMost120Columns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean page = file.toString().endsWith(".md");
                String counted = page ? line : line.replaceAll(LITERAL + "|`[^`]*`", "\"\"");
                if (counted.length() > COLUMNS && !(page && line.startsWith("|")) && !line.contains("://")) {
                    tooLong.add(ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void sentencesOfTheDocumentationHaveAtMost25Words() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path page : pages()) {
            for (String paragraph : paragraphs(Files.readString(page))) {
                sentences(paragraph)
                        .filter(sentence -> words(sentence) > WORDS)
                        .forEach(sentence -> tooLong.add(page.getFileName() + ": " + sentence));
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void sentencesOfCommentsHaveAtMost25Words() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files()) {
            if (file.startsWith(CORE) && file.toString().endsWith(".java")) {
                rawComments(Files.readString(file))
                        .flatMap(StyleTest::paragraphsOfComment)
                        .flatMap(StyleTest::sentences)
                        .filter(sentence -> words(sentence) > WORDS)
                        .forEach(sentence -> tooLong.add(CORE.relativize(file) + ": " + sentence));
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void commentsNameWhomTheyMean() throws IOException {
        List<String> unclear = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".java")) {
                for (String comment : comments(Files.readString(file))) {
                    UNCLEAR.matcher(comment)
                            .results()
                            .forEach(words -> unclear.add(ROOT.relativize(file) + ": " + words.group()));
                }
            }
        }
        assertThat(unclear).isEmpty();
    }

    private static List<String> comments(String code) {
        return rawComments(code)
                .map(text -> text.replaceAll("\\s+\\*?\\s*", " "))
                .toList();
    }

    private static Stream<String> rawComments(String code) {
        return LITERAL_OR_COMMENT
                .matcher(code)
                .results()
                .map(MatchResult::group)
                .filter(text -> text.startsWith("/"));
    }

    /** Text outside of code and tables; tags and items of lists are paragraphs. */
    private static Stream<String> paragraphsOfComment(String comment) {
        String text = comment.replaceAll("(?m)^\\s*(/\\*+|\\*+/|\\*|//)", "")
                .replaceAll("\\*/$", "")
                .replaceAll("(?s)<(pre|table)>.*?</\\1>", "")
                .replaceAll("(?s)\\{@(code|link|value)\\b[^{}]*}", "CODE")
                .replaceAll("(?s)\\{@linkplain\\s+\\S+\\s+([^{}]*)}", "$1")
                .replaceAll("\\{@return\\s([^{}]*)}", "$1.")
                .replaceAll("(?m)^\\s*@(param\\s+\\S+|throws\\s+\\S+|\\w+)", "\n\n")
                .replaceAll("<(p|li|ul|ol)>", "\n\n")
                .replaceAll("<[^>]*>", " ");
        return Arrays.stream(text.split("\n\\s*\n"));
    }

    /** Text outside of code, tables and headings; items of lists are paragraphs. */
    private static List<String> paragraphs(String page) {
        String text = page.replaceAll("(?s)```.*?```", "")
                .replaceAll("(?m)^(\\||#| {4}|<|!\\[).*$", "")
                .replaceAll("(?m)^ *(-|\\d+\\.) ", "\n");
        return Arrays.stream(text.split("\n\\s*\n")).toList();
    }

    private static Stream<String> sentences(String paragraph) {
        String text = paragraph
                .replaceAll("`[^`]*`", "CODE")
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replaceAll("\\s+", " ");
        return Arrays.stream(text.split("(?<=[.!?])[*)]* (?=[^a-z])"));
    }

    private static long words(String sentence) {
        return Arrays.stream(sentence.split(" "))
                .filter(word -> word.matches(".*\\w.*"))
                .count();
    }

    private static List<Path> pages() throws IOException {
        return files().stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return FOLDERS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean text = file.toString().endsWith(".md")
                        || CODE.matcher(file.toString()).matches();
                if (text && !file.endsWith("laundry-bridge.js")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
