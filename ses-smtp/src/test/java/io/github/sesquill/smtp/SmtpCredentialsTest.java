package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords are derived as AWS derives them, and shown to nobody. */
class SmtpCredentialsTest {

    private static final String EXAMPLE_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    @ParameterizedTest
    @CsvSource({
        "some+secret+key, eu-central-1, BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2",
        "some+secret+key, us-west-1, BH+jbMzper5WwlwUar9E1ySBqHa9whi0GPo+sJ0mVYJj",
        "another+secret+key, eu-central-1, BBbphbrQmrKMx42d1N6+C7VINYEBGI5v9VsZeTxwskfh",
        "another+secret+key, us-west-1, BKVmjjMDFk/qqw8EROW99bjCS65PF8WKvK5bSr4Y6EqF",
        EXAMPLE_SECRET + ", us-east-1, BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
        EXAMPLE_SECRET + ", us-west-2, BF2PynzbSCAjX08zhZZnP/kW+T9P5zs/1Er0pi5vTEmd",
        EXAMPLE_SECRET + ", eu-west-1, BMW5RDrXmmVs0lV7GpI4oLkHXpZ4stDsk6q91z1g38Pk"
    })
    void derivesThePasswordThatAwsDerives(String secret, String region, String password) {
        assertThat(SmtpCredentials.fromIamKey("AKIAIOSFODNN7EXAMPLE", secret).password(region))
                .isEqualTo(password);
    }

    @Test
    void givesAPasswordAsItIs() {
        SmtpCredentials credentials = SmtpCredentials.of("user", "pass word");
        assertThat(credentials.password(null)).isEqualTo("pass word");
        assertThat(credentials.username()).isEqualTo("user");
    }

    @Test
    void showsNeitherSecretNorPassword() {
        assertThat(SmtpCredentials.fromIamKey("AKIAIOSFODNN7EXAMPLE", EXAMPLE_SECRET))
                .hasToString("SmtpCredentials[AKIA…]");
        assertThat(SmtpCredentials.of("me", "canary")).hasToString("SmtpCredentials[me…]");
    }

    @Test
    void refusesTemporaryKeysAndWhatNoCommandCarries() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpCredentials.fromIamKey("ASIAIOSFODNN7EXAMPLE", "secret"))
                .withMessageContaining("temporary");
        for (String bad : new String[] {"", "a\r\nb", "a\0b"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> SmtpCredentials.of(bad, "x"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SmtpCredentials.of("canary", bad + "canary\n"))
                    .withMessageNotContaining("canary");
        }
    }

    @Test
    void areEqualByValue() {
        assertThat(SmtpCredentials.of("a", "b")).isEqualTo(SmtpCredentials.of("a", "b"));
        assertThat(SmtpCredentials.of("a", "b")).isNotEqualTo(SmtpCredentials.fromIamKey("a", "b"));
        assertThat(SmtpCredentials.of("a", "b")).hasSameHashCodeAs(SmtpCredentials.of("a", "b"));
    }
}
