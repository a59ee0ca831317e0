package io.github.sesquill.acceptance;

import io.github.sesquill.local.LocalSes;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.transport.EmailTransport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The rules of SES over SMTP. */
class LocalSesSmtpRulesTest extends SesRulesContract {

    @Override
    SesAtTest open(boolean sandbox, SendingQuota quota) {
        return new LocalSesAtTest(sandbox, quota, (ses, client) -> transport(ses));
    }

    @Override
    boolean carriesTemplates() {
        return false;
    }

    private static EmailTransport transport(LocalSes ses) {
        return SmtpTransport.host("localhost")
                .port(ses.smtpPort())
                .startTls()
                .sslContext(trusting(ses.certificatePem()))
                .credentials(SmtpCredentials.of(ses.smtpUser(), ses.smtpPassword()))
                .build();
    }

    private static SSLContext trusting(String pem) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "local",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
