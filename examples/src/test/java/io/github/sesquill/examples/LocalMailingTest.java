package io.github.sesquill.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The main job as it runs without arguments: over the wire, by the API and by SMTP. */
class LocalMailingTest {

    @Test
    void sendsByTheApiAndBySmtpAndSaysWhereTheInboxIs() {
        Run local = Run.exactly();
        Run memory = Run.with();

        assertThat(local.problems()).isEmpty();
        assertThat(local.status()).isZero();
        assertThat(local.out())
                .contains("through a local SES, first by its API and then by SMTP, a production account.")
                .containsPattern("Its inbox is at http://127\\.0\\.0\\.1:[0-9]+ while this runs\\.");
        assertThat(local.summary()).isEqualTo(memory.summary());
    }

    @Test
    void doesNotMixTheOneInMemoryWithOthers() {
        assertThat(Run.exactly("--memory", "--keep-open").status()).isEqualTo(2);
        assertThat(Run.exactly("--keep-open", "--region", "eu-west-1").status()).isEqualTo(2);
    }
}
