package io.github.sesquill.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who takes the parser needs one jar of Jackson beside it and nothing else, be it to compile or to run. */
class ParserAloneTest {

    private static final String BOUNCE = """
            {"eventType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"NoEmail","bouncedRecipients":[\
            {"emailAddress":"jane@example.com","status":"5.1.1"}],"timestamp":"2025-09-18T07:41:13.961Z"},\
            "mail":{"messageId":"0102-1","tags":{"kind":["receipt"]}}}""";

    private static final String DESCRIPTOR = """
            module reader {
                requires io.github.sesquill.notifications;
            }
            """;

    /** What somebody writes who knows nothing of Jackson. */
    private static final String PROGRAM = """
            package reader;

            import io.github.sesquill.notifications.*;

            public class Reader {
                public static void main(String[] args) {
                    NotificationParser parser = NotificationParser.create();
                    SesNotification bounce = parser.parse(args[0]);
                    Envelope sns = parser.open(Wrapping.sns().wrap(bounce));
                    SesNotification written = parser.parse(NotificationWriter.create().write(sns.notifications().get(0)));
                    SesNotification line = parser.parseAll(args[0]).findFirst().get().orThrow();
                    System.out.print(Reader.class.getModule() + ", " + sns.topicArn().get() + ", " + bounce + ", "
                            + bounce.timestamp().get() + ", " + written.equals(bounce) + ", " + line.equals(bounce));
                }
            }
            """;

    private static final String SAID = ", arn:aws:sns:us-east-1:111122223333:ses-notifications,"
            + " Bounce[Permanent/NoEmail, messageId=0102-1], 2025-09-18T07:41:13.961Z, true, true";

    @TempDir
    Path folder;

    /** The parser as the build has just compiled it, and the one jar. */
    private static String needed() throws URISyntaxException {
        Path jackson = Path.of(JsonFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return PublishedModule.NOTIFICATIONS.classes() + File.pathSeparator + jackson;
    }

    private Path source(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve("reader"));
        return Files.writeString(file, text);
    }

    /** Compiles into the folder the sources are in. */
    private void compile(String pathOption, Path... sources) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        List<String> options = List.of("-proc:none", "-d", folder.toString(), pathOption, needed());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean good = compiler.getTask(
                            problems, files, null, options, null, files.getJavaFileObjectsFromPaths(List.of(sources)))
                    .call();
            assertThat(good).as(problems.toString()).isTrue();
        }
    }

    private static String said(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add(BOUNCE);
        return Programs.said(Map.of(), command.toArray(String[]::new));
    }

    @Test
    void isAModuleThatNeedsTheModuleOfJacksonAndNoOther() throws Exception {
        compile("--module-path", source("module-info.java", DESCRIPTOR), source("reader/Reader.java", PROGRAM));

        assertThat(said("--module-path", needed() + File.pathSeparator + folder, "-m", "reader/reader.Reader"))
                .isEqualTo("module reader" + SAID);
    }

    @Test
    void worksOnAClassPathOfItselfAndJackson() throws Exception {
        compile("-cp", source("reader/Reader.java", PROGRAM));

        assertThat(said("-cp", needed() + File.pathSeparator + folder, "reader.Reader"))
                .startsWith("unnamed module @")
                .endsWith(SAID);
    }
}
