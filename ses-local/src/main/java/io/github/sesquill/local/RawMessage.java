package io.github.sesquill.local;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.test.engine.Eicar;
import io.github.sesquill.test.engine.HeaderSection;
import io.github.sesquill.test.engine.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads MIME that somebody else has written, over the API or SMTP. */
final class RawMessage {

    private static final Set<String> RECIPIENTS = Set.of("to", "cc", "bcc");

    private static final int LONGEST_SECTION = 256 * 1024;

    private RawMessage() {}

    /** Joins the envelope of SMTP and what came after DATA. */
    static Incoming overSmtp(EmailAddress sender, List<EmailAddress> recipients, byte[] mime, String caller) {
        List<MessageHeader> headers = headers(mime);
        Optional<String> returnPathArn = HeaderSection.first(headers, "X-SES-RETURN-PATH-ARN");
        return new Incoming(
                Operation.SEND_SMTP_EMAIL,
                new Incoming.Envelope(
                        from(headers).orElse(sender),
                        returnPathArn.isPresent() ? List.of() : List.of(sender),
                        recipients,
                        caller),
                new Incoming.Mime(mime, headers, Eicar.isIn(mime)),
                new Incoming.Options(Map.of(), Optional.empty(), fromArn(headers), Optional.empty()));
    }

    /** Joins a request of {@code SendEmail} and its {@code Raw.Data}; what the request leaves out is in the headers. */
    static Incoming overApi(Fields request, byte[] mime, String caller) {
        List<MessageHeader> headers = headers(mime);
        EmailAddress from = request.text("FromEmailAddress")
                .map(Addresses::of)
                .or(() -> from(headers))
                .orElseThrow(() -> ProblemException.badRequest("Missing required header 'From'."));
        List<EmailAddress> recipients = request.object("Destination")
                .map(MessageReading::recipients)
                .filter(named -> !named.isEmpty())
                .orElseGet(() -> recipients(headers));
        Incoming.Options options = MessageReading.options(request, MessageReading.tags(request.objects("EmailTags")));
        return new Incoming(
                Operation.SEND_RAW_EMAIL,
                new Incoming.Envelope(from, MessageReading.feedback(request), recipients, caller),
                new Incoming.Mime(mime, headers, Eicar.isIn(mime)),
                options.fromIdentityArn().isPresent()
                        ? options
                        : new Incoming.Options(
                                options.tags(),
                                options.configurationSet(),
                                fromArn(headers),
                                options.listManagement()));
    }

    /** Reads no more than the beginning of a header section that does not end. */
    private static List<MessageHeader> headers(byte[] mime) {
        return HeaderSection.parse(mime.length > LONGEST_SECTION ? Arrays.copyOf(mime, LONGEST_SECTION) : mime);
    }

    private static Optional<String> fromArn(List<MessageHeader> headers) {
        return HeaderSection.first(headers, "X-SES-FROM-ARN")
                .or(() -> HeaderSection.first(headers, "X-SES-SOURCE-ARN"));
    }

    private static Optional<EmailAddress> from(List<MessageHeader> headers) {
        return HeaderSection.first(headers, "From")
                .flatMap(value -> Addresses.inHeader(value).stream().findFirst());
    }

    private static List<EmailAddress> recipients(List<MessageHeader> headers) {
        List<EmailAddress> recipients = new ArrayList<>();
        headers.stream()
                .filter(header -> RECIPIENTS.contains(header.name().toLowerCase(Locale.ROOT)))
                .forEach(header -> recipients.addAll(Addresses.inHeader(header.value())));
        return recipients;
    }
}
