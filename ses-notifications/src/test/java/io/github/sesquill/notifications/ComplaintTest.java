package io.github.sesquill.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sesquill.notifications.SesNotification.Complaint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintTest {

    @Test
    void ofAnEventHasAllThatSesSent() {
        Complaint complaint = Fixture.complaint(Fixture.text("event-complaint"));

        assertThat(complaint.format()).isEqualTo(NotificationFormat.EVENT);
        assertThat(complaint.feedbackType()).contains(ComplaintFeedbackType.ABUSE);
        assertThat(complaint.isNotSpam()).isFalse();
        assertThat(complaint.complaintSubType()).isEmpty();
        assertThat(complaint.userAgent()).contains("Example-Feedback-Loop/2.1");
        assertThat(complaint.arrivalDate())
                .hasValueSatisfying(t -> assertThat(t).isEqualTo("2024-12-24T18:03:47Z"));
        assertThat(complaint.timestamp()).hasValueSatisfying(t -> assertThat(t).isEqualTo("2024-12-25T09:11:58Z"));
    }

    @Test
    void namesCandidatesAndNotTheWholeDestination() {
        Complaint complaint = Fixture.complaint(Fixture.text("event-complaint"));

        assertThat(complaint.recipients())
                .extracting(Recipient::address)
                .containsExactly("ann@mail.example", "bob@mail.example");
        assertThat(complaint.mail().destination()).hasSize(3);
    }

    @Test
    void mayBeTheOppositeOfAComplaint() {
        Complaint complaint = Fixture.complaint(Fixture.text("identity-complaint-2014"));

        assertThat(complaint.format()).isEqualTo(NotificationFormat.IDENTITY);
        assertThat(complaint.isNotSpam()).isTrue();
        assertThat(complaint.arrivalDate())
                .hasValueSatisfying(t -> assertThat(t).isEqualTo("2014-03-09T22:15:40.623Z"));
        assertThat(complaint.mail().sourceArn()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "abuse, ABUSE",
        "auth-failure, AUTH_FAILURE",
        "fraud, FRAUD",
        "not-spam, NOT_SPAM",
        "other, OTHER",
        "virus, VIRUS",
        "opt-out, UNKNOWN"
    })
    void hasAFeedbackType(String word, ComplaintFeedbackType type) {
        Complaint complaint = Fixture.complaint(
                "{\"eventType\":\"Complaint\",\"complaint\":{\"complaintFeedbackType\":\"" + word + "\"}}");

        assertThat(complaint.feedbackType()).contains(type);
        assertThat(complaint.feedbackTypeText()).contains(word);
    }

    @Test
    void ofASuppressedRecipientHasASubTypeAndNoReport() {
        Complaint complaint = Fixture.complaint(
                "{\"eventType\":\"Complaint\",\"complaint\":{\"complaintSubType\":\"OnAccountSuppressionList\"}}");

        assertThat(complaint.complaintSubType()).contains(ComplaintSubType.ON_ACCOUNT_SUPPRESSION_LIST);
        assertThat(complaint.feedbackType()).isEmpty();
        assertThat(complaint.isNotSpam()).isFalse();
    }
}
