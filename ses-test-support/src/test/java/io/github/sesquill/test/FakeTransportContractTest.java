package io.github.sesquill.test;

import io.github.sesquill.message.Attachment;
import io.github.sesquill.message.MessageContent;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.quota.SendingQuota;
import io.github.sesquill.test.engine.HeaderSection;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.test.engine.Scripted;
import io.github.sesquill.transport.EmailTransport;
import io.github.sesquill.transport.SendOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class FakeTransportContractTest extends EmailTransportContract {

    @Override
    protected Ses open() {
        return new Fake(
                FakeSes.builder().quota(SendingQuota.perSecond(1_000)).build().verifyIdentity("acme.example"));
    }

    private record Fake(FakeSes ses) implements Ses {

        @Override
        public EmailTransport transport() {
            return ses.transport();
        }

        @Override
        public List<ArrivedMessage> arrived() {
            return ses.sent().stream().<ArrivedMessage>map(Mail::new).toList();
        }

        @Override
        public int attempts() {
            return ses.sent().size() + ses.refused().size();
        }

        @Override
        public void answerNext(Answer answer) {
            switch (answer) {
                case UNVERIFIED -> refuse(Refusal.unverified("eu-west-1", List.of()));
                case THROTTLED -> refuse(Refusal.throttled());
                case DAILY_QUOTA -> refuse(Refusal.dayFull());
                case SENDING_PAUSED -> refuse(Refusal.paused());
                case NO_CONFIGURATION_SET -> refuse(Refusal.noConfigurationSet("none"));
                case REJECTED -> refuse(Refusal.invalid("Content refused."));
                case ACCEPTED_WITHOUT_ID -> ses.enqueue(SendOutcome.acceptedWithoutId("cut off"));
                default -> ses.engine().enqueue(Scripted.lose());
            }
        }

        private void refuse(Refusal refusal) {
            ses.engine().enqueue(Scripted.refuse(refusal));
        }

        @Override
        public void close() {
            ses.close();
        }
    }

    /** A message of the fake, read from what notifications tell and from what it keeps. */
    private record Mail(SentMessage sent) implements ArrivedMessage {

        @Override
        public String from() {
            return sent.message().from().headerValue();
        }

        @Override
        public List<String> recipients() {
            return sent.message().recipients().stream().map(r -> r.address()).toList();
        }

        @Override
        public List<String> headers(String name) {
            return HeaderSection.of(sent.message()).stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(MessageHeader::value)
                    .map(EncodedWords::decoded)
                    .toList();
        }

        @Override
        public Optional<String> text() {
            return MessageSubmission.simple(sent.message().content()).flatMap(MessageContent.Simple::text);
        }

        @Override
        public Optional<String> html() {
            return MessageSubmission.simple(sent.message().content()).flatMap(MessageContent.Simple::html);
        }

        @Override
        public List<Part> parts() {
            return sent.message().attachments().stream().map(Mail::part).toList();
        }

        private static Part part(Attachment attachment) {
            try (InputStream content = attachment.open()) {
                return new Part(
                        attachment.fileName(),
                        attachment.contentType(),
                        attachment.contentId(),
                        content.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Map<String, String> tags() {
            return sent.tags();
        }

        @Override
        public Optional<String> configurationSet() {
            return sent.message().configurationSet();
        }

        @Override
        public Optional<byte[]> raw() {
            return sent.message().content() instanceof MessageContent.Raw raw
                    ? Optional.of(raw.bytes())
                    : Optional.empty();
        }
    }
}
