package io.github.sesquill.acceptance;

import static io.github.sesquill.test.SesAssertions.assertThat;

import io.github.sesquill.test.FakeSes;
import io.github.sesquill.test.FakeSesExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a user tests what sends mail: the sixth example of the papers. */
@ExtendWith(FakeSesExtension.class)
class SignupTest {

    @Test
    void sendsAWelcome(FakeSes ses) {
        ses.verifyIdentity("acme.example");
        new Signup(ses.mailer()).register("jane@example.com");
        assertThat(ses)
                .hasSent(1)
                .first()
                .isTo("jane@example.com")
                .hasSubject("Welcome")
                .hasHtmlContaining("Jane");
    }
}
