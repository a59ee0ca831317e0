package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example in Javadoc, README and docs compiles: as members or statements of a class that knows the names which the
 * reader has at hand. Those are in {@code Surroundings.java.txt}.
 */
class SnippetsTest {

    private static final Pattern IN_JAVADOC =
            Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* \\}</pre>", Pattern.DOTALL);
    private static final Pattern IN_MARKDOWN = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("^(@\\w.*\\s+)*([a-z]+ )*(class|interface|record|enum) ");

    /** An example and where it stands. */
    private record Snippet(String place, String code) {

        JavaFileObject inClass(String name) {
            String imports = lines(true);
            String body = lines(false);
            boolean declares = TYPE.matcher(body.strip()).find();
            String members = declares ? body : "void example() throws Exception {\n" + body + "\n}";
            return source(
                    name,
                    Surroundings.IMPORTS + imports + "\nclass " + name + " extends Surroundings {\n" + members
                            + "\n}\n");
        }

        private String lines(boolean imports) {
            return code.lines()
                    .filter(line -> line.startsWith("import ") == imports)
                    .collect(Collectors.joining("\n"));
        }
    }

    /** What the class around each example begins with. */
    private static final class Surroundings {

        static final String SOURCE = read();
        static final String IMPORTS = SOURCE.substring(0, SOURCE.indexOf("class Surroundings"));

        private static String read() {
            try (var file = Objects.requireNonNull(
                    SnippetsTest.class.getResourceAsStream("Surroundings.java.txt"), "Surroundings.java.txt")) {
                return new String(file.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void compile(@TempDir Path classes) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (PublishedModule module : PublishedModule.values()) {
            module.sources().forEach(file -> snippets.addAll(of(file, IN_JAVADOC)));
        }
        markdown().forEach(file -> snippets.addAll(of(file, IN_MARKDOWN)));

        assertThat(snippets).hasSizeGreaterThan(15);
        assertThat(problems(snippets, classes)).isEmpty();
    }

    private static Stream<Path> markdown() throws IOException {
        Path root = Path.of("..");
        Path docs = root.resolve("docs");
        List<Path> files = new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")));
        if (Files.isDirectory(docs)) {
            try (Stream<Path> listed = Files.list(docs)) {
                listed.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
            }
        }
        return files.stream();
    }

    private static List<Snippet> of(Path file, Pattern form) {
        try {
            String text = Files.readString(file);
            return form.matcher(text)
                    .results()
                    .map(found -> new Snippet(
                            file + ":"
                                    + text.substring(0, found.start()).lines().count(),
                            code(found.group(1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the stars of Javadoc; an ellipsis stands for what an example leaves out. */
    private static String code(String written) {
        return written.lines()
                .map(line -> line.replaceFirst("^ *\\* ?", ""))
                .map(line -> line.replace("{ … }", "{}"))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> problems(List<Snippet> snippets, Path classes) throws IOException {
        List<JavaFileObject> units = new ArrayList<>(List.of(source("Surroundings", Surroundings.SOURCE)));
        for (int i = 0; i < snippets.size(); i++) {
            units.add(snippets.get(i).inClass("Example" + i));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            compiler.getTask(
                            null,
                            files,
                            found,
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            units)
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem -> placeOf(problem, snippets) + " " + problem.getMessage(null))
                .toList();
    }

    private static String placeOf(Diagnostic<? extends JavaFileObject> problem, List<Snippet> snippets) {
        String unit = problem.getSource() == null ? "" : problem.getSource().getName();
        return unit.startsWith("/Example")
                ? snippets.get(Integer.parseInt(unit.replaceAll("\\D", ""))).place()
                : unit + ":" + problem.getLineNumber();
    }

    private static JavaFileObject source(String name, String code) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
