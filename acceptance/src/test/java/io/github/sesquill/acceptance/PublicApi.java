package io.github.sesquill.acceptance;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The public API of a module as lines of text, the same for the same classes on every JDK.
 *
 * <p>A type is a line {@code name: what it is}; its members follow, indented. Everything is sorted. Only what a user can
 * name counts: a hidden ancestor is not named, but the members that it hands down are.
 */
final class PublicApi {
    private static final String INDENT = "    ";

    private PublicApi() {}

    static List<String> of(PublishedModule module) {
        List<String> lines = new ArrayList<>();
        descriptor(module).ifPresent(descriptor -> lines.addAll(describe(descriptor)));
        for (Class<?> type : types(module)) {
            ApiType described = new ApiType(type);
            lines.add("");
            lines.add(type.getCanonicalName() + ": " + described.heading());
            described.members().forEach(member -> lines.add(INDENT + member));
        }
        return lines;
    }

    /** Each line with the type that it belongs to, so that it says something on its own. */
    static List<String> withOwners(List<String> lines) {
        List<String> owned = new ArrayList<>();
        String owner = "";
        for (String line : lines) {
            if (line.startsWith(INDENT)) {
                owned.add(owner + ": " + line.strip());
            } else if (!line.isBlank()) {
                owned.add(line);
                owner = line.substring(0, line.indexOf(':'));
            }
        }
        return owned;
    }

    static List<Class<?>> types(PublishedModule module) {
        List<Class<?>> types = new ArrayList<>();
        Optional<Set<String>> exported = descriptor(module).map(PublicApi::exported);
        for (String name : module.classNames()) {
            Class<?> type = load(name);
            if (isVisible(type) && isExported(type, exported)) {
                types.add(type);
            }
        }
        return types;
    }

    private static boolean isExported(Class<?> type, Optional<Set<String>> exported) {
        return exported.isEmpty() || exported.get().contains(type.getPackageName());
    }

    /** What is exported to some modules only is theirs and nobody else's. */
    private static Set<String> exported(ModuleDescriptor descriptor) {
        return descriptor.exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(toSet());
    }

    static Optional<ModuleDescriptor> descriptor(PublishedModule module) {
        Path file = module.classes().resolve("module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isVisible(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
            return false;
        }
        Class<?> outer = type.getDeclaringClass();
        return outer == null
                ? Modifier.isPublic(type.getModifiers())
                : isVisible(outer) && isVisible(type.getModifiers(), outer);
    }

    static boolean isVisible(int modifiers, Class<?> owner) {
        return Modifier.isPublic(modifiers)
                || (Modifier.isProtected(modifiers) && !Modifier.isFinal(owner.getModifiers()));
    }

    private static List<String> describe(ModuleDescriptor descriptor) {
        Stream<String> exports = exported(descriptor).stream().map(name -> "exports " + name);
        Stream<String> requires = descriptor.requires().stream()
                .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
                .map(required -> "requires "
                        + required.modifiers().stream()
                                .sorted()
                                .map(modifier -> modifier + " ")
                                .collect(joining())
                                .toLowerCase(Locale.ROOT)
                        + required.name());
        return Stream.concat(
                        Stream.of("module: " + descriptor.name()),
                        Stream.concat(exports, requires).sorted().map(line -> INDENT + line))
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is compiled but not on the class path of acceptance", e);
        }
    }
}
