package io.github.sesquill.test.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.ListManagement;
import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.test.VirtualTime;
import io.github.sesquill.test.engine.ContactLists.Contact;
import io.github.sesquill.test.engine.ContactLists.ContactList;
import io.github.sesquill.test.engine.ContactLists.Subscription;
import io.github.sesquill.test.engine.ContactLists.Topic;
import io.github.sesquill.test.engine.Refusal.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SesEngineTest {

    private static final Letter LETTER = Letter.to("jane@example.com");

    private final VirtualTime time = VirtualTime.start();
    private final SesEngine ses = SesEngine.builder(time).build();

    @BeforeEach
    void verify() {
        ses.identities().verify("acme.example");
    }

    private Accepted accepted(Letter letter) {
        return (Accepted) ses.submit(letter);
    }

    private Refusal refused(Letter letter) {
        return ((Refused) ses.submit(letter)).refusal();
    }

    /** What is published of a message, with as much as tells one from another. */
    private List<String> published(Accepted message) {
        time.advance(Duration.ofMinutes(1));
        return ses.notices(message.messageId()).stream()
                .map(notice -> notice.type().text() + " "
                        + notice.json()
                                .replaceAll(
                                        ".*\"(?:bounceSubType|complaintSubType|errorMessage|reason)\":(?:\"([^\"]*)\")?.*\\s*",
                                        "$1")
                                .replaceAll("^\\{.*\\s*", ""))
                .map(String::strip)
                .toList();
    }

    @Nested
    class Refusals {

        @Test
        void areInTheWordsOfEveryInterface() {
            Refusal refusal = refused(
                    Letter.to(Collections.nCopies(51, "jane@example.com").toArray(String[]::new)));

            assertThat(refusal.code()).isEqualTo("BadRequestException");
            assertThat(refusal.httpStatus()).isEqualTo(400);
            assertThat(refusal.text()).isEqualTo("Recipient count exceeds 50.");
            assertThat(refusal.smtpReply()).isEqualTo("452 Recipient count exceeds 50.");
            assertThat(refusal.bulkStatus()).isEqualTo("INVALID_PARAMETER");
        }

        @Test
        void areOfSizeAndRecipients() {
            assertThat(refused(LETTER.sized(SesEngine.LARGEST_MESSAGE + 1)).rule())
                    .isEqualTo(Rule.TOO_LONG);
            assertThat(refused(Letter.to()).rule()).isEqualTo(Rule.NO_RECIPIENT);
            assertThat(ses.refused()).hasSize(2);
        }

        @Test
        void areOfTheAccount() {
            ses.account().pause(true);
            assertThat(refused(LETTER).rule()).isEqualTo(Rule.SENDING_PAUSED);
            ses.account().suspend(true);
            assertThat(refused(LETTER).rule()).isEqualTo(Rule.SUSPENDED);
            assertThat(ses.status().sendingEnabled()).isFalse();
        }

        @Test
        void areOfWhatWasNotMadeOnceSomethingWas() {
            accepted(LETTER.through("any").filled("any", "{}").of(ListManagement.of("any")));
            ses.configurationSets().create("one");
            ses.templates().create("one", new Body("s", "t", null));
            ses.contactLists().create(new ContactList("one", "", List.of()));

            assertThat(refused(LETTER.through("any")).text()).isEqualTo("Configuration set <any> does not exist.");
            assertThat(refused(LETTER.filled("any", "{}")).text()).isEqualTo("Template any does not exist.");
            assertThat(refused(LETTER.of(ListManagement.of("any"))).rule()).isEqualTo(Rule.NO_CONTACT_LIST);
            assertThat(refused(LETTER.of(ListManagement.of("one", "news"))).rule())
                    .isEqualTo(Rule.NO_TOPIC);
        }

        @Test
        void areOfWhatWasNotMadeInAStrictEngine() {
            SesEngine strict = SesEngine.builder(time).strict().build();
            strict.identities().verify("acme.example");

            assertThat(((Refused) strict.submit(LETTER.through("any")))
                            .refusal()
                            .httpStatus())
                    .isEqualTo(404);
        }

        @Test
        void areOfAPausedSet() {
            ses.configurationSets().create("one");
            ses.configurationSets().sending("one", false);

            assertThat(refused(LETTER.through("one")).bulkStatus()).isEqualTo("CONFIGURATION_SET_SENDING_PAUSED");
        }

        @Test
        void areOfDataAndTemplatesThatCannotBeRead() {
            assertThat(refused(LETTER.filled(null, "{")).text()).isEqualTo("Template data is not valid JSON.");
            assertThat(refused(LETTER.filled(null, "[]")).text()).isEqualTo("Template data must be a JSON object.");
            assertThat(refused(LETTER.reading(new Body("{{", null, null)).filled(null, "{}"))
                            .text())
                    .startsWith("The template is invalid: ");
        }

        @Test
        void areOfTheWholeBulkCall() {
            assertThat(ses.submitBulk(Collections.nCopies(51, LETTER)))
                    .hasSize(51)
                    .allSatisfy(
                            answer -> assertThat(((Refused) answer).refusal().text())
                                    .isEqualTo("A bulk call takes 1 to 50 destinations, not 51."));
        }

        @Test
        void areOfSingleEntries() {
            ses.account().sandbox(true);

            assertThat(ses.submitBulk(List.of(LETTER, Letter.to("success@simulator.amazonses.com"))))
                    .satisfiesExactly(
                            first -> assertThat(((Refused) first).refusal().bulkStatus())
                                    .isEqualTo("MESSAGE_REJECTED"),
                            second -> assertThat(second).isInstanceOf(Accepted.class));
        }
    }

    @Nested
    class Rendering {

        @Test
        void fillsAStoredTemplateAndSaysSoLater() {
            ses.templates().create("welcome", new Body("Hi {{name}}", null, "<b>{{name}}</b>"));

            assertThat(accepted(LETTER.filled("welcome", "{\"name\":\"Jane\"}")).rendered())
                    .contains(new Body("Hi Jane", null, "<b>Jane</b>"));
            assertThat(ses.templates().render("welcome", "{\"name\":\"Jo\"}").subject())
                    .isEqualTo("Hi Jo");
        }

        @Test
        void failsAfterTheMessageWasTaken() {
            ses.templates().create("welcome", new Body("Hi {{name}}", "t", null));
            Accepted sent = accepted(LETTER.through("set").filled("welcome", "{}"));

            assertThat(sent.rendered()).isEmpty();
            assertThat(sent.fateOf(EmailAddress.of("jane@example.com"))).isEqualTo(Fate.NOT_RENDERED);
            assertThat(published(sent))
                    .containsExactly(
                            "Send", "Rendering Failure Attribute 'name' is not present in the rendering data.");
            assertThatThrownBy(() -> ses.templates().render("welcome", "{}"))
                    .isInstanceOf(RefusalException.class)
                    .hasMessage("Attribute 'name' is not present in the rendering data.");
        }

        @Test
        void losesTheMessageSilentlyWithoutAConfigurationSet() {
            Accepted sent =
                    accepted(LETTER.reading(new Body("{{name}}", "t", null)).filled(null, "{}"));

            assertThat(published(sent)).isEmpty();
        }
    }

    @Nested
    class Lists {

        private final ListManagement news = ListManagement.of("all", "news");

        @BeforeEach
        void make() {
            ses.contactLists()
                    .create(new ContactList(
                            "all",
                            "",
                            List.of(
                                    new Topic("news", "News", "", Subscription.OPT_IN),
                                    new Topic("ads", "Ads", "", Subscription.OPT_OUT))));
        }

        @Test
        void letTheOneRecipientUnsubscribe() {
            Accepted sent = accepted(LETTER.through("set").of(news));
            String link = sent.unsubscribeUrl().orElseThrow();
            assertThat(sent.rendered().orElseThrow().html()).isEqualTo("<p>" + link + "</p>");

            assertThat(ses.happenings().unsubscribe(link.substring(link.lastIndexOf('/') + 1)))
                    .isTrue();
            assertThat(ses.happenings().unsubscribe("nonsense")).isFalse();

            assertThat(published(sent)).contains("Subscription");
            assertThat(ses.notices(sent.messageId()))
                    .filteredOn(notice -> notice.type() == EventType.SUBSCRIPTION)
                    .singleElement()
                    .extracting(Notice::json)
                    .asString()
                    .contains(
                            "\"newTopicPreferences\":{\"unsubscribeAll\":false,\"topicSubscriptionStatus\":"
                                    + "[{\"topicName\":\"news\",\"subscriptionStatus\":\"OptOut\"}]}",
                            "\"oldTopicPreferences\":{\"unsubscribeAll\":false,\"topicSubscriptionStatus\":[]}");
            assertThat(published(accepted(LETTER.through("set").of(news))))
                    .containsExactly("Send", "Bounce UnsubscribedRecipient");
        }

        @Test
        void haveNoLinkForSeveralRecipients() {
            Accepted sent =
                    accepted(Letter.to("jane@example.com", "joe@example.com").of(news));

            assertThat(sent.unsubscribeUrl()).isEmpty();
            assertThat(sent.rendered().orElseThrow().html()).contains("{{amazonSESUnsubscribeUrl}}");
        }

        @Test
        void keepBackWhatNobodyAskedForIfTheTopicSaysSo() {
            ListManagement ads = ListManagement.of("all", "ads");

            assertThat(published(accepted(LETTER.of(ads)))).containsExactly("Bounce UnsubscribedRecipient");
            ses.contactLists()
                    .put("all", new Contact("Jane@example.com", false, Map.of("ads", Subscription.OPT_IN), ""));
            assertThat(published(accepted(LETTER.of(ads)))).containsExactly("Delivery");
            ses.contactLists().put("all", new Contact("jane@example.com", true, Map.of(), ""));
            assertThat(published(accepted(LETTER.of(news)))).containsExactly("Bounce UnsubscribedRecipient");
        }

        @Test
        void areOneForAnAccount() {
            assertThatThrownBy(() -> ses.contactLists().create(new ContactList("two", "", List.of())))
                    .isInstanceOfSatisfying(
                            RefusalException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo("LimitExceededException"));
        }
    }

    @Nested
    class SuppressionListOfTheAccount {

        @Test
        void keepsMailBackThatSesHasTaken() {
            ses.suppressions().put("JANE@example.com", Reason.BOUNCE);
            ses.suppressions().put("joe@example.com", Reason.COMPLAINT);

            assertThat(published(accepted(LETTER.through("set"))))
                    .containsExactly("Send", "Bounce OnAccountSuppressionList");
            assertThat(published(accepted(Letter.to("joe@example.com").through("set"))))
                    .containsExactly("Send", "Complaint OnAccountSuppressionList");
            ses.suppressions().reasons(Set.of(Reason.COMPLAINT));
            assertThat(published(accepted(LETTER.through("set")))).containsExactly("Send", "Delivery");
        }

        @Test
        void growsByWhatBouncesForGoodAndByComplaintsButNotByTheSimulator() {
            Accepted sent = accepted(Letter.to(
                    "jane@example.com", "joe@example.com", "ann@example.com", "bounce@simulator.amazonses.com"));
            ses.happenings().bounce(sent.messageId(), EmailAddress.of("jane@example.com"), true);
            ses.happenings().bounce(sent.messageId(), EmailAddress.of("ann@example.com"), false);
            ses.happenings().complain(sent.messageId(), EmailAddress.of("joe@example.com"));
            time.advance(Duration.ofMinutes(1));

            ses.publishDue();
            assertThat(ses.suppressions().list())
                    .extracting(AccountSuppressions.Entry::address)
                    .containsExactly("jane@example.com", "joe@example.com");
        }
    }

    @Nested
    class EventDestinations {

        @Test
        void chooseWhatIsPublished() {
            ses.configurationSets().create("none");
            ses.configurationSets().create("some", EventType.DELIVERY);
            ses.configurationSets().destination("none", "topic", Set.of(EventType.SEND));
            ses.configurationSets().removeDestination("none", "topic");

            assertThat(published(accepted(LETTER.through("none")))).isEmpty();
            assertThat(published(accepted(LETTER.through("some")))).containsExactly("Delivery");
        }
    }

    @Nested
    class ByHand {

        @Test
        void everythingCanHappenToAMessage() {
            Accepted sent = accepted(LETTER.through("set"));
            EmailAddress jane = EmailAddress.of("jane@example.com");
            Happenings happenings = ses.happenings();

            assertThat(happenings.open(sent.messageId())).hasSize(1);
            assertThat(happenings.click(sent.messageId(), "https://acme.example/"))
                    .hasSize(1);
            assertThat(happenings.delay(sent.messageId(), jane)).hasSize(1);
            assertThat(published(sent)).containsExactly("Send", "Open", "Click", "DeliveryDelay", "Delivery");
        }

        @Test
        void onlyToAMessageThatIsThereAndToARecipientOfIt() {
            Accepted sent = accepted(LETTER);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ses.happenings().open("none"))
                    .withMessage("There is no message none.");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ses.happenings().complain(sent.messageId(), EmailAddress.of("a@b.example")))
                    .withMessageStartingWith("'a@b.example' is no recipient of message ");
        }

        @Test
        void anAddressMayBeDestinedToBounce() {
            ses.destine(EmailAddress.of("jane@example.com"), Fate.BOUNCED);

            assertThat(published(accepted(LETTER))).containsExactly("Bounce General");
            assertThat(published(accepted(LETTER))).containsExactly("Bounce OnAccountSuppressionList");
        }
    }

    @Test
    void aVirusIsRejectedAfterwards() {
        assertThat(Eicar.isIn(Eicar.file())).isTrue();
        assertThat(Eicar.isIn(java.util.Base64.getMimeEncoder().encode(Eicar.file())))
                .isTrue();
        assertThat(published(accepted(LETTER.through("set").infected()))).containsExactly("Send", "Reject Bad content");
    }

    @Test
    void aScriptAnswersOnceEach() {
        ses.enqueue(Scripted.refuse(Refusal.suspended()));
        ses.enqueue(Scripted.lose());
        ses.enqueue(Scripted.acceptAndLose());

        assertThat(refused(LETTER).rule()).isEqualTo(Rule.SUSPENDED);
        assertThat(((Lost) ses.submit(LETTER)).accepted()).isEmpty();
        assertThat(((Lost) ses.submit(LETTER)).accepted()).isPresent();
        assertThat(ses.submit(LETTER)).isInstanceOf(Accepted.class);
        assertThat(ses.accepted()).hasSize(2);
    }

    @Test
    void subscribersHearOfEverythingInOrder() {
        List<String> heard = new ArrayList<>();
        ses.subscribe(change -> heard.add(change.getClass().getSimpleName()));

        accepted(LETTER.through("set"));
        ses.account().pause(true);
        refused(LETTER);
        time.advance(Duration.ofMinutes(1));
        ses.publishDue();

        assertThat(heard).containsExactly("Answered", "Published", "Account", "Answered", "Published");
    }

    @Test
    void keepsSoManyAndForgetsAll() {
        SesEngine small = SesEngine.builder(time).keep(2).build();
        small.identities().verify("acme.example");
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(small.submit(LETTER));
        }

        assertThat(small.accepted()).hasSize(2).doesNotContain((Accepted) answers.get(0));
        assertThat(small.find(((Accepted) answers.get(0)).messageId())).isEmpty();
        small.clear();
        assertThat(small.accepted()).isEmpty();
        assertThat(small.nextDue()).isEmpty();
        assertThat(small.status().sentLast24Hours()).isEqualTo(3);
    }

    @Test
    void theAccountSaysWhatIsThereAlreadyAndWhatIsNot() {
        ses.configurationSets().create("one");
        assertThatThrownBy(() -> ses.configurationSets().create("one"))
                .hasMessage("Configuration set one already exists.");
        assertThatThrownBy(() -> ses.configurationSets().sending("two", true))
                .hasMessage("Configuration set <two> does not exist.");
        ses.templates().create("one", new Body("s", "t", null));
        assertThatThrownBy(() -> ses.templates().create("one", new Body("s", "t", null)))
                .hasMessage("Template one already exists.");
        assertThatThrownBy(() -> ses.templates().update("two", new Body("s", "t", null)))
                .hasMessage("Template two does not exist.");
        assertThat(ses.identities().begin("new.example").verified()).isFalse();
        assertThatThrownBy(() -> ses.identities().begin("new.example"))
                .hasMessage("Email identity new.example already exists.");
        assertThat(ses.identities().remove("new.example")).isTrue();
        assertThat(ses.identities().list()).containsExactly(new Identity("acme.example", true));
    }
}
