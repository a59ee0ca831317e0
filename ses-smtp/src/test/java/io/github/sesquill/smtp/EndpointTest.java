package io.github.sesquill.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sesquill.smtp.Endpoint.Security;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, email-smtp.eu-west-1.amazonaws.com",
        "us-gov-west-1, email-smtp.us-gov-west-1.amazonaws.com",
        "cn-north-1, email-smtp.cn-north-1.amazonaws.com.cn",
        "us-iso-east-1, email-smtp.us-iso-east-1.c2s.ic.gov",
        "us-isob-east-1, email-smtp.us-isob-east-1.sc2s.sgov.gov",
        "us-isof-south-1, email-smtp.us-isof-south-1.csp.hci.ic.gov",
        "eu-isoe-west-1, email-smtp.eu-isoe-west-1.cloud.adc-e.uk",
        "eusc-de-east-1, email-smtp.eusc-de-east-1.amazonaws.eu"
    })
    void isThatOfSesInTheRegionsPartition(String region, String host) {
        assertThat(Endpoint.hostOf(region)).isEqualTo(host);
        assertThat(Endpoint.regionOf(host)).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({
        "email-smtp-fips.us-east-1.amazonaws.com, us-east-1",
        "email-smtp.us-east-1.amazonaws.eu,",
        "email-smtp.us-east-1.amazonaws.com.evil.example,",
        "mail.example.com,",
        "email-smtp.us-east-1,"
    })
    void saysTheRegionOfAHostThatIsOfSesOnly(String host, String region) {
        assertThat(Endpoint.regionOf(host)).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({"465, IMPLICIT_TLS", "2465, IMPLICIT_TLS", "25, STARTTLS", "587, STARTTLS", "2587, STARTTLS"})
    void isSecuredAsItsPortIsAtSes(int port, Security security) {
        assertThat(Endpoint.securityOf(port)).isEqualTo(security);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU-WEST-1", "eu west 1", "eu-west-1\r\nRSET", "evil.example/", "-eu", "ü"})
    void refusesRegionsThatAreNone(String region) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpTransport.region(region))
                .withMessageContaining("AWS region");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "mail example", "mail.example\r\nRSET", "user@mail.example", "mail.example:25", "ü.example"})
    void refusesHostsThatAreNone(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpTransport.host(host))
                .withMessageContaining("host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.example.com", "10.0.0.1", "vpce-1.email-smtp.us-east-1.vpce.amazonaws.com"})
    void needsARegionForAPasswordThatIsDerived(String host) {
        SmtpTransport.Builder builder =
                SmtpTransport.host(host).credentials(SmtpCredentials.fromIamKey("AKIAEXAMPLE", "secret"));
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("region(");
        assertThat(builder.region("us-east-1").build()).asString().doesNotContainIgnoringCase("secret");
    }
}
