package io.github.sesquill.acceptance;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A module that others depend on, as the build has just compiled it. */
enum PublishedModule {
    NOTIFICATIONS("ses-notifications"),
    CORE("ses-core"),
    SMTP("ses-smtp"),
    TEST_SUPPORT("ses-test-support"),
    LOCAL("ses-local");

    private final String artifact;

    PublishedModule(String artifact) {
        this.artifact = artifact;
    }

    Path classes() {
        return Path.of("..", artifact, "target", "classes");
    }

    List<Path> sources() {
        return filesUnder(Path.of("..", artifact, "src", "main", "java"), ".java");
    }

    List<String> classNames() {
        return filesUnder(classes(), ".class").stream()
                .map(file -> classes().relativize(file).toString())
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .filter(name -> !name.endsWith("module-info") && !name.endsWith("package-info"))
                .map(name -> name.replace('/', '.').replace('\\', '.'))
                .toList();
    }

    static JavaClasses imported(PublishedModule... modules) {
        return new ClassFileImporter()
                .importPaths(Stream.of(modules).map(PublishedModule::classes).toList());
    }

    private static List<Path> filesUnder(Path directory, String suffix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return artifact;
    }
}
