package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.sesquill.notifications.SesNotification.Bounce;
import io.github.sesquill.notifications.SesNotification.Complaint;
import io.github.sesquill.notifications.SesNotification.Delivery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every member of every payload, given right, absent, null and as each wrong kind: one table, one row a member. */
class MemberTableTest {

    /** JSON values of every kind that is not text. */
    private static final List<String> ODD = List.of("null", "{}", "{\"a\":[{}]}", "[]", "[[{}]]", "[null]");

    /**
     * A member and how it is read.
     *
     * @param path from the payload to the member
     * @param json a right value
     * @param value what the accessor then returns
     * @param absent what it returns without
     * @param accessor reads it
     */
    private record Member(
            String path, String json, Object value, Object absent, Function<SesNotification, Object> accessor) {

        static Member text(String path, Function<SesNotification, Object> accessor) {
            return new Member(path, "\"some text\"", Optional.of("some text"), Optional.empty(), accessor);
        }

        static Member list(String path, Object value, Function<SesNotification, Object> accessor) {
            return new Member(path, "[\"a@b.example\"]", value, List.of(), accessor);
        }

        boolean isText() {
            return value.equals(Optional.of("some text"));
        }

        /** Writes a payload that has nothing but this member, or with null nothing but its parents. */
        SesNotification read(@Nullable String given) {
            String[] names = path.split("/", -1);
            String last = names[names.length - 1];
            String json = given == null ? "{}" : "{\"" + last + "\":" + given + "}";
            for (int i = names.length - 2; i >= 0; i--) {
                json = "{\"" + names[i] + "\":" + json + "}";
            }
            String type = Map.of("bounce", "Bounce", "complaint", "Complaint", "delivery", "Delivery")
                    .getOrDefault(names[0], "Send");
            // The type comes last, so that a value of the wrong kind must leave the reader where it should be.
            return Fixture.parse(json.substring(0, json.length() - 1) + ",\"eventType\":\"" + type + "\"}");
        }
    }

    private static final List<Recipient> RECIPIENT = List.of(new Recipient("a@b.example"));

    private static final List<Member> TABLE = List.of(
            Member.text("bounce/bounceType", bounce(Bounce::bounceTypeText)),
            Member.text("bounce/bounceSubType", bounce(Bounce::bounceSubTypeText)),
            Member.text("bounce/timestamp", bounce(Bounce::timestampText)),
            Member.text("bounce/feedbackId", bounce(Bounce::feedbackId)),
            Member.text("bounce/remoteMtaIp", bounce(Bounce::remoteMtaIp)),
            Member.text("bounce/reportingMTA", bounce(Bounce::reportingMta)),
            Member.list(
                    "bounce/bouncedRecipients",
                    List.of(new BouncedRecipient(new Recipient("a@b.example"), null, null, null)),
                    bounce(Bounce::recipients)),
            Member.list("complaint/complainedRecipients", RECIPIENT, complaint(Complaint::recipients)),
            Member.text("complaint/timestamp", complaint(Complaint::timestampText)),
            Member.text("complaint/feedbackId", complaint(Complaint::feedbackId)),
            Member.text("complaint/complaintSubType", complaint(Complaint::complaintSubTypeText)),
            Member.text("complaint/userAgent", complaint(Complaint::userAgent)),
            Member.text("complaint/complaintFeedbackType", complaint(Complaint::feedbackTypeText)),
            Member.text("complaint/arrivalDate", complaint(Complaint::arrivalDateText)),
            Member.text("delivery/timestamp", delivery(Delivery::timestampText)),
            new Member(
                    "delivery/processingTimeMillis",
                    "42",
                    OptionalLong.of(42),
                    OptionalLong.empty(),
                    delivery(Delivery::processingTimeMillis)),
            Member.list("delivery/recipients", RECIPIENT, delivery(Delivery::recipients)),
            Member.text("delivery/smtpResponse", delivery(Delivery::smtpResponse)),
            Member.text("delivery/reportingMTA", delivery(Delivery::reportingMta)),
            Member.text("delivery/remoteMtaIp", delivery(Delivery::remoteMtaIp)),
            Member.text("mail/timestamp", mail(Mail::timestampText)),
            Member.text("mail/messageId", mail(Mail::messageId)),
            Member.text("mail/source", mail(Mail::source)),
            Member.text("mail/sourceArn", mail(Mail::sourceArn)),
            Member.text("mail/sourceIp", mail(Mail::sourceIp)),
            Member.text("mail/sendingAccountId", mail(Mail::sendingAccountId)),
            Member.text("mail/callerIdentity", mail(Mail::callerIdentity)),
            Member.list("mail/destination", RECIPIENT, mail(Mail::destination)),
            new Member("mail/headersTruncated", "true", true, false, mail(Mail::headersTruncated)),
            new Member(
                    "mail/headers",
                    "[{\"name\":\"X-A\",\"value\":\"1\"},{\"value\":\"nameless\"},{\"name\":\"X-B\"}]",
                    List.of(new Mail.Header("X-A", "1"), new Mail.Header("X-B", "")),
                    List.of(),
                    mail(Mail::headers)),
            new Member(
                    "mail/tags",
                    "{\"a\":[\"1\",\"2\"],\"b\":[],\"c\":null}",
                    Map.of("a", List.of("1", "2")),
                    Map.of(),
                    mail(m -> m.tags().containsKey("a") ? m.tags() : Map.of())),
            Member.list("mail/commonHeaders/from", List.of("a@b.example"), common(CommonHeaders::from)),
            Member.list("mail/commonHeaders/to", List.of("a@b.example"), common(CommonHeaders::to)),
            Member.list("mail/commonHeaders/cc", List.of("a@b.example"), common(CommonHeaders::cc)),
            Member.list("mail/commonHeaders/bcc", List.of("a@b.example"), common(CommonHeaders::bcc)),
            Member.list("mail/commonHeaders/replyTo", List.of("a@b.example"), common(CommonHeaders::replyTo)),
            Member.text("mail/commonHeaders/sender", common(CommonHeaders::sender)),
            Member.text("mail/commonHeaders/returnPath", common(CommonHeaders::returnPath)),
            Member.text("mail/commonHeaders/subject", common(CommonHeaders::subject)),
            Member.text("mail/commonHeaders/date", common(CommonHeaders::dateText)),
            Member.text("mail/commonHeaders/messageId", common(CommonHeaders::messageId)));

    @TestFactory
    Stream<DynamicContainer> reads() {
        return TABLE.stream().map(member -> dynamicContainer(member.path(), tests(member)));
    }

    private static Stream<DynamicTest> tests(Member member) {
        Stream<DynamicTest> given = Stream.of(
                expects("given right", member, member.json(), member.value()),
                expects("absent", member, null, member.absent()));
        Stream<DynamicTest> odd = ODD.stream()
                // A list of numbers is a timestamp in one of its forms, so that any list is text there.
                .filter(json -> !(json.startsWith("[") && member.path().matches(".*(timestamp|arrivalDate)")))
                .map(json -> expects("given " + json, member, json, member.absent()));
        Stream<DynamicTest> scalars = member.isText()
                ? Stream.of(
                        expects("given a number", member, "550", Optional.of("550")),
                        expects("given a fraction", member, "5.1", Optional.of("5.1")),
                        expects("given a truth value", member, "true", Optional.of("true")),
                        expects("given an empty text", member, "\"\"", Optional.of("")))
                : Stream.empty();
        return Stream.of(given, odd, scalars).flatMap(t -> t);
    }

    private static DynamicTest expects(String name, Member member, @Nullable String json, Object value) {
        return dynamicTest(name, () -> {
            assertThat(member.accessor().apply(member.read(json))).isEqualTo(value);
        });
    }

    private static Function<SesNotification, Object> bounce(Function<Bounce, Object> accessor) {
        return n -> accessor.apply((Bounce) n);
    }

    private static Function<SesNotification, Object> complaint(Function<Complaint, Object> accessor) {
        return n -> accessor.apply((Complaint) n);
    }

    private static Function<SesNotification, Object> delivery(Function<Delivery, Object> accessor) {
        return n -> accessor.apply((Delivery) n);
    }

    private static Function<SesNotification, Object> mail(Function<Mail, Object> accessor) {
        return n -> accessor.apply(n.mail());
    }

    private static Function<SesNotification, Object> common(Function<CommonHeaders, Object> accessor) {
        return n -> accessor.apply(n.mail().commonHeaders());
    }
}
