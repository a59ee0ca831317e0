package io.github.sesquill.test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The fields of tests that hold a fake while a test runs, as JUnit itself sets those of temporary directories. */
final class FakeFields {

    private static final Namespace NAMESPACE = Namespace.create(FakeFields.class);

    private FakeFields() {}

    private record Place(Object instance, Field field) {

        void put(FakeSes ses) {
            set(ses);
        }

        void clear() {
            set(null);
        }

        private void set(@Nullable FakeSes ses) {
            try {
                field.set(instance, ses);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("The field " + field + " cannot be set; do not make it private.", e);
            }
        }

        boolean isEmpty() {
            return ReflectionSupport.tryToReadFieldValue(field, instance)
                    .toOptional()
                    .isEmpty();
        }
    }

    static void set(ExtensionContext context, Function<Field, FakeSes> fake) {
        List<Place> places = new ArrayList<>();
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : ReflectionSupport.findFields(
                    instance.getClass(), FakeFields::mayHold, HierarchyTraversalMode.TOP_DOWN)) {
                Place place = new Place(instance, field);
                if (field.trySetAccessible() && place.isEmpty()) {
                    place.put(fake.apply(field));
                    places.add(place);
                }
            }
        }
        context.getStore(NAMESPACE).put(Place.class, places);
    }

    private static boolean mayHold(Field field) {
        int modifiers = field.getModifiers();
        return field.getType() == FakeSes.class && !Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers);
    }

    static void clear(ExtensionContext context) {
        List<?> places = context.getStore(NAMESPACE).remove(Place.class, List.class);
        if (places != null) {
            places.forEach(place -> ((Place) place).clear());
        }
    }
}
