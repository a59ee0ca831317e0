package io.github.sesquill.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
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
 * }</pre>
 *
 * <p>The constructor, {@code @BeforeEach} and the test get the same one. Tests may run in parallel. Needs JUnit 5.13 or
 * later.
 */
public final class FakeSesExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FakeSesExtension.class);

    /** Asks for an account in the sandbox: for all tests of a class, for a test, or for one parameter. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
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
        boolean sandbox = parameter.isAnnotated(Sandbox.class) || asksForSandbox(context);
        Store store = context.getStore(NAMESPACE);
        FakeSes open = store.get(sandbox, FakeSes.class);
        return open == null ? opened(sandbox, store) : open;
    }

    /** The store closes it when the test is over. */
    private static FakeSes opened(boolean sandbox, Store store) {
        FakeSes ses = sandbox ? FakeSes.sandbox() : FakeSes.production();
        store.put(sandbox, ses);
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
