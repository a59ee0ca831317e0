package io.github.sesquill.acceptance;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One public type as text. */
final class ApiType {
    private final Class<?> type;

    ApiType(Class<?> type) {
        this.type = type;
    }

    /** What the type is, without its name. */
    String heading() {
        return Stream.of(modifiers(), kind(), typeParameters(type), supertypes(), permits())
                .filter(part -> !part.isEmpty())
                .collect(joining(" "));
    }

    /** Fields, then constructors, then methods, each by name. */
    List<String> members() {
        Set<String> fields = new TreeSet<>();
        Set<String> constructors = new TreeSet<>();
        Set<Member> methods = new TreeSet<>();
        for (Class<?> declaring : withHiddenAncestors()) {
            Stream.of(declaring.getDeclaredFields())
                    .filter(field -> shows(field.getModifiers()) && !field.isSynthetic())
                    .map(this::field)
                    .forEach(fields::add);
            Stream.of(declaring.getDeclaredMethods())
                    .filter(method -> shows(method.getModifiers()) && !method.isSynthetic() && !isImplied(method))
                    .map(method -> new Member(method.getName(), method(method)))
                    .forEach(methods::add);
        }
        Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> shows(constructor.getModifiers()) && !constructor.isSynthetic())
                .map(this::constructor)
                .forEach(constructors::add);
        return Stream.of(
                        fields, constructors, methods.stream().map(Member::text).toList())
                .flatMap(Collection::stream)
                .toList();
    }

    private record Member(String name, String text) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : text.compareTo(other.text);
        }
    }

    private String modifiers() {
        int modifiers = type.getModifiers();
        List<String> words = new ArrayList<>();
        if (Modifier.isProtected(modifiers)) {
            words.add("protected");
        }
        boolean plain = !type.isInterface() && !type.isEnum() && !type.isRecord();
        if (plain && Modifier.isAbstract(modifiers)) {
            words.add("abstract");
        }
        if (plain && Modifier.isFinal(modifiers)) {
            words.add("final");
        }
        if (type.isSealed() && !type.isEnum()) {
            words.add("sealed");
        } else if (!Modifier.isFinal(modifiers) && hasSealedParent()) {
            words.add("non-sealed");
        }
        return String.join(" ", words);
    }

    private boolean hasSealedParent() {
        Class<?> superclass = type.getSuperclass();
        return (superclass != null && superclass.isSealed())
                || Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    private String kind() {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private String supertypes() {
        Set<String> extended = new TreeSet<>();
        Set<String> implemented = new TreeSet<>();
        for (Class<?> declaring : withHiddenAncestors()) {
            AnnotatedType superclass = declaring.getAnnotatedSuperclass();
            if (superclass != null && !isImplied(declaring.getSuperclass())) {
                extended.add(text(superclass));
            }
            Class<?>[] interfaces = declaring.getInterfaces();
            AnnotatedType[] annotated = declaring.getAnnotatedInterfaces();
            for (int i = 0; i < interfaces.length; i++) {
                if (!isHidden(interfaces[i]) && !type.isAnnotation()) {
                    implemented.add(text(annotated[i]));
                }
            }
        }
        return (list("extends ", extended) + " " + list(type.isInterface() ? "extends " : "implements ", implemented))
                .strip();
    }

    /** Hidden cases are counted by a word only: nobody can name them, but a switch over the others is not exhaustive. */
    private String permits() {
        if (!type.isSealed() || type.isEnum()) {
            return "";
        }
        return list(
                "permits ",
                Stream.of(type.getPermittedSubclasses())
                        .map(permitted -> isHidden(permitted) ? "(hidden)" : name(permitted))
                        .collect(toCollection(TreeSet::new)));
    }

    private String field(Field field) {
        String fixed = Modifier.isFinal(field.getModifiers()) && !field.isEnumConstant() ? "final " : "";
        return modifiers(field.getModifiers())
                + fixed
                + text(field.getAnnotatedType())
                + " "
                + field.getName()
                + constant(field);
    }

    /** A compile-time constant is copied into the classes of users, so its value is API. */
    private static String constant(Field field) {
        boolean constant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers());
        if (!constant || !(field.getType().isPrimitive() || field.getType() == String.class)) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            return "";
        }
    }

    private String constructor(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers())
                + followed(typeParameters(constructor))
                + "new"
                + parameters(constructor)
                + exceptions(constructor);
    }

    private String method(Method method) {
        int modifiers = method.getModifiers();
        return modifiers(modifiers)
                + (method.isDefault() ? "default " : "")
                + (Modifier.isAbstract(modifiers) && !type.isInterface() ? "abstract " : "")
                + (Modifier.isFinal(modifiers) && !Modifier.isFinal(type.getModifiers()) ? "final " : "")
                + followed(typeParameters(method))
                + text(method.getAnnotatedReturnType())
                + " "
                + method.getName()
                + parameters(method)
                + exceptions(method)
                + (method.getDefaultValue() == null ? "" : " default");
    }

    private static String modifiers(int modifiers) {
        return (Modifier.isProtected(modifiers) ? "protected " : "") + (Modifier.isStatic(modifiers) ? "static " : "");
    }

    private String parameters(Executable executable) {
        List<String> parameters = new ArrayList<>();
        for (AnnotatedType parameter : executable.getAnnotatedParameterTypes()) {
            parameters.add(text(parameter));
        }
        if (executable.isVarArgs()) {
            int last = parameters.size() - 1;
            parameters.set(last, parameters.get(last).replaceFirst("\\[]$", "..."));
        }
        return "(" + String.join(", ", parameters) + ")";
    }

    private String exceptions(Executable executable) {
        return list(
                " throws ",
                Stream.of(executable.getAnnotatedExceptionTypes())
                        .map(this::text)
                        .sorted()
                        .toList());
    }

    private String typeParameters(GenericDeclaration declaration) {
        List<String> parameters = new ArrayList<>();
        for (TypeVariable<?> variable : declaration.getTypeParameters()) {
            parameters.add(variable.getName() + bounds(" extends ", variable.getAnnotatedBounds()));
        }
        return parameters.isEmpty() ? "" : "<" + String.join(", ", parameters) + ">";
    }

    private String bounds(String word, AnnotatedType... bounds) {
        String text = Stream.of(bounds).map(this::text).collect(joining(" & "));
        return text.isEmpty() || text.equals("Object") ? "" : word + text;
    }

    private String text(AnnotatedType annotated) {
        String nullable = annotated.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
        if (annotated instanceof AnnotatedArrayType array) {
            String element = text(array.getAnnotatedGenericComponentType());
            return nullable.isEmpty() ? element + "[]" : element + " " + nullable + "[]";
        }
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            Class<?> raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            return nullable + name(raw) + arguments(parameterized);
        }
        if (annotated instanceof AnnotatedWildcardType wildcard) {
            return "?"
                    + (wildcard.getAnnotatedLowerBounds().length > 0
                            ? bounds(" super ", wildcard.getAnnotatedLowerBounds())
                            : bounds(" extends ", wildcard.getAnnotatedUpperBounds()));
        }
        return nullable + (annotated.getType() instanceof Class<?> plain ? name(plain) : annotated.getType());
    }

    private String arguments(AnnotatedParameterizedType parameterized) {
        return Stream.of(parameterized.getAnnotatedActualTypeArguments())
                .map(this::text)
                .collect(joining(", ", "<", ">"));
    }

    /** Short where no doubt is possible: {@code java.lang} and the package of the described type are left out. */
    private String name(Class<?> named) {
        String name = named.getCanonicalName();
        String home = named.getPackageName();
        return home.equals("java.lang") || home.equals(type.getPackageName())
                ? name.substring(name.startsWith(home) ? home.length() + 1 : 0)
                : name;
    }

    /** The type and those of its ancestors that nobody can name but whose members everybody can call. */
    private Set<Class<?>> withHiddenAncestors() {
        Set<Class<?>> found = new LinkedHashSet<>();
        collectHidden(type, found);
        return found;
    }

    private static void collectHidden(Class<?> from, Set<Class<?>> found) {
        found.add(from);
        Stream.concat(Stream.ofNullable(from.getSuperclass()), Stream.of(from.getInterfaces()))
                .filter(ApiType::isHidden)
                .forEach(parent -> collectHidden(parent, found));
    }

    private static boolean isHidden(Class<?> ancestor) {
        return !PublicApi.isVisible(ancestor);
    }

    private boolean isImplied(Class<?> superclass) {
        return superclass == Object.class
                || superclass == Enum.class
                || superclass == Record.class
                || isHidden(superclass);
    }

    /** What every object and every enum has anyway. */
    private boolean isImplied(Method method) {
        return switch (method.getName()) {
            case "equals" -> method.getParameterCount() == 1 && method.getParameterTypes()[0] == Object.class;
            case "hashCode", "toString", "values" -> method.getParameterCount() == 0;
            case "valueOf" -> type.isEnum() && method.getParameterCount() == 1;
            default -> false;
        };
    }

    private boolean shows(int modifiers) {
        return PublicApi.isVisible(modifiers, type);
    }

    private static String followed(String text) {
        return text.isEmpty() ? "" : text + " ";
    }

    private static String list(String word, Collection<String> names) {
        return names.isEmpty() ? "" : word + String.join(", ", names);
    }
}
