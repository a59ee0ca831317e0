package com.example.signup;

import static io.github.sesquill.test.SesAssertions.assertThat;

import io.github.sesquill.test.FakeSes;
import io.github.sesquill.test.FakeSesExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FakeSesExtension.class)             // a production account: 14/s, 50,000 a day; @FakeSesExtension.Sandbox asks for the other
class SignupTest {
    @Test void sendsAWelcome(FakeSes ses) {
        ses.verifyIdentity("acme.example");
        new Signup(ses.mailer()).register("jane@example.com");
        assertThat(ses).hasSent(1).first().isTo("jane@example.com").hasSubject("Welcome").hasHtmlContaining("Jane");
    }
}
