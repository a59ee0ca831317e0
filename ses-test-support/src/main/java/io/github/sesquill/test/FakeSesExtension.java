package io.github.sesquill.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test that asks for a {@link FakeSes} a new one, a production account unless {@link Sandbox} says otherwise,
 * and closes it afterwards.
 *
 * <pre>{@code
 * @ExtendWith(FakeSesExtension.class)
 * class SignupTest {
 *     @Test void sendsAWelcome(FakeSes ses) { … }
 *     @Test void tellsThoseItMayNotWriteTo(@FakeSesExtension.Sandbox FakeSes ses) { … }
 * }
 *
 * @ExtendWith(FakeSesExtension.class)
 * class InvoiceTest {
 *     FakeSes ses;                                       // or as a field: set for each test, null outside of it
 *     @FakeSesExtension.Sandbox FakeSes sandbox;
 * }
 * }</pre>
 *
 * <p>Fields, {@code @BeforeEach} and the test get the same one, and so does the constructor where each test has an
 * instance of its own. A field is set if it is neither static nor final and holds nothing. Tests may run in parallel, unless they share an instance that has such a field. Needs JUnit
 * 5.13 or later.
 */
public final class FakeSesExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(FakeSesExtension.class);

    /** Asks for an account in the sandbox: for all tests of a class, for a test, or for one parameter or field. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
    public @interface Sandbox {}

    /** JUnit makes it. */
    public FakeSesExtension() {}

    /** Has a constructor share the fake of the test that it is called for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FakeSes.class;
    }

    @Override
    public FakeSes resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return fake(parameter.isAnnotated(Sandbox.class), context);
    }

    /** Sets the fields of the test and of those around it that hold nothing. */
    @Override
    public void beforeEach(ExtensionContext context) {
        FakeFields.set(context, field -> fake(field.isAnnotationPresent(Sandbox.class), context));
    }

    /** Takes the fakes out of the fields again, for an instance may serve another test. */
    @Override
    public void afterEach(ExtensionContext context) {
        FakeFields.clear(context);
    }

    private static FakeSes fake(boolean inSandbox, ExtensionContext context) {
        boolean sandbox = inSandbox || asksForSandbox(context);
        Store store = context.getStore(NAMESPACE);
        Key key = new Key(context.getUniqueId(), sandbox);
        FakeSes open = store.get(key, FakeSes.class);
        return open == null ? opened(key, store) : open;
    }

    /** Names the test, because a store finds what those around it hold, too. */
    private record Key(String test, boolean sandbox) {}

    /** The store closes it when the test is over. */
    private static FakeSes opened(Key key, Store store) {
        FakeSes ses = key.sandbox ? FakeSes.sandbox() : FakeSes.production();
        store.put(key, ses);
        return ses;
    }

    private static boolean asksForSandbox(ExtensionContext context) {
        return context.getTestMethod()
                        .filter(method -> method.isAnnotationPresent(Sandbox.class))
                        .isPresent()
                || asksForSandbox(context.getTestClass().orElse(null));
    }

    private static boolean asksForSandbox(@Nullable Class<?> test) {
        return test != null && (test.isAnnotationPresent(Sandbox.class) || asksForSandbox(test.getEnclosingClass()));
    }
}
