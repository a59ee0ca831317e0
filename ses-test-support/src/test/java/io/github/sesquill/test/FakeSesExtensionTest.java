package io.github.sesquill.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@ExtendWith(FakeSesExtension.class)
class FakeSesExtensionTest {

    private static final Set<FakeSes> SEEN = ConcurrentHashMap.newKeySet();

    private final FakeSes ofConstructor;

    FakeSesExtensionTest(FakeSes ses) {
        ofConstructor = ses;
    }

    @BeforeEach
    void prepare(FakeSes ses) {
        ses.verifyIdentity("acme.example");
    }

    @Test
    void givesAProductionAccount(FakeSes ses) {
        assertThat(isProduction(ses)).isTrue();
    }

    @Test
    @FakeSesExtension.Sandbox
    void givesTheSandboxToATest(FakeSes ses) {
        assertThat(isProduction(ses)).isFalse();
    }

    @Test
    void givesTheSandboxToAParameter(FakeSes production, @FakeSesExtension.Sandbox FakeSes sandbox) {
        assertThat(isProduction(production)).isTrue();
        assertThat(isProduction(sandbox)).isFalse();
    }

    @RepeatedTest(4)
    @Execution(ExecutionMode.CONCURRENT)
    void givesANewOneToEachTestAndTheSameOneWithin(FakeSes ses) {
        assertThat(SEEN.add(ses)).isTrue();
        assertThat(ses).isSameAs(ofConstructor);
        ses.mailer().send(Messages.to("jane@example.com"));
        assertThat(ses.sent()).hasSize(1);
    }

    @Nested
    @FakeSesExtension.Sandbox
    class InASandbox {

        @Test
        void givesTheSandboxToAClass(FakeSes ses) {
            assertThat(isProduction(ses)).isFalse();
        }

        @Nested
        class AndWithin {

            @Test
            void givesItToNestedClassesToo(FakeSes ses) {
                assertThat(isProduction(ses)).isFalse();
            }
        }
    }

    @Nested
    @SuppressWarnings("NullAway.Init") // by the extension
    class InFields {

        FakeSes own = FakeSes.production();
        FakeSes given;

        @FakeSesExtension.Sandbox
        private FakeSes sandbox;

        @BeforeEach
        void isThereAlready(FakeSes ses) {
            assertThat(given).isSameAs(ses).isSameAs(ofConstructor).isNotSameAs(own);
        }

        @RepeatedTest(2)
        void isGivenUnlessTheTestHasItsOwn() {
            assertThat(SEEN.add(given)).isTrue();
            assertThat(given).isNotSameAs(own);
            assertThat(isProduction(given)).isTrue();
            assertThat(isProduction(sandbox)).isFalse();
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    @SuppressWarnings("NullAway.Init") // by the extension
    class InFieldsOfAnInstanceForAll {

        FakeSes given;

        @RepeatedTest(2)
        void isAnotherForEachTest() {
            assertThat(SEEN.add(given)).isTrue();
            assertThat(given.sent()).isEmpty();
        }
    }

    private static boolean isProduction(FakeSes ses) {
        return ses.transport().account(Duration.ofSeconds(1)).orElseThrow().productionAccess();
    }
}
