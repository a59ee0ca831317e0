package io.github.sesquill.acceptance;

import io.github.sesquill.smtp.SmtpCredentials;
import io.github.sesquill.smtp.SmtpTransport;
import io.github.sesquill.test.ArrivedMessage;
import io.github.sesquill.test.EmailTransportContract;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.transport.EmailTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** SMTP holds the contract of all transports, against a server that speaks like SES. */
class SmtpTransportContractTest extends EmailTransportContract {

    @Override
    protected Ses open() throws IOException {
        return new OverSmtp(new SmtpSink());
    }

    @Override
    protected boolean carriesTemplates() {
        return false;
    }

    private record OverSmtp(SmtpSink sink) implements Ses {

        @Override
        public EmailTransport transport() {
            return SmtpTransport.host("localhost")
                    .port(sink.port())
                    .region("eu-west-1")
                    .withoutTls()
                    .credentials(SmtpCredentials.of("user", "password"))
                    .build();
        }

        @Override
        public List<ArrivedMessage> arrived() {
            return sink.received().stream()
                    .<ArrivedMessage>map(ReceivedMail::new)
                    .toList();
        }

        @Override
        public int attempts() {
            return sink.attempts();
        }

        @Override
        public void answerNext(Answer answer) {
            sink.answerNext(
                    switch (answer) {
                        case UNVERIFIED ->
                            Refusal.unverified("eu-west-1", List.of()).smtpReply();
                        case THROTTLED -> Refusal.throttled().smtpReply();
                        case DAILY_QUOTA -> Refusal.dayFull().smtpReply();
                        case SENDING_PAUSED -> Refusal.paused().smtpReply();
                        case NO_CONFIGURATION_SET ->
                            Refusal.noConfigurationSet("none").smtpReply();
                        case ACCEPTED_WITHOUT_ID -> "250 Ok";
                        case SILENCE -> SmtpSink.SILENCE;
                        case HANG -> SmtpSink.HANG;
                        default -> "554 Message rejected: Content refused.";
                    });
        }

        @Override
        public void close() {
            try {
                sink.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
