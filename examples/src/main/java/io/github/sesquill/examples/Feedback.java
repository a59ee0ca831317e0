package io.github.sesquill.examples;

import io.github.sesquill.notifications.NotificationParser;
import io.github.sesquill.notifications.SesNotification;
import io.github.sesquill.suppression.Suppression;
import io.github.sesquill.suppression.SuppressionList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what came back, and puts on the suppression list who is not to be written to again. */
final class Feedback {

    /** What a notification says of one address. */
    record Notice(String what, String why, String address) {}

    private final NotificationParser parser = NotificationParser.create();
    private final SuppressionList suppressions;
    private final List<Notice> notices = new ArrayList<>();
    private final Map<String, Integer> others = new TreeMap<>();

    Feedback(SuppressionList suppressions) {
        this.suppressions = suppressions;
    }

    /** Takes one notification, as SES published it. */
    void take(String body) {
        SesNotification notification = parser.parse(body);
        if (notification instanceof SesNotification.Bounce bounce) {
            bounced(bounce);
        } else if (notification instanceof SesNotification.Complaint complaint && !complaint.isNotSpam()) {
            complained(complaint);
        } else {
            others.merge(notification.type(), 1, Integer::sum);
        }
    }

    /** Only a permanent bounce is a reason to stop: a full mailbox or a holiday passes. */
    private void bounced(SesNotification.Bounce bounce) {
        String what = bounce.isOutOfOffice() ? "out of office" : bounce.isPermanent() ? "bounced" : "bounced for now";
        bounce.recipients().forEach(recipient -> {
            notices.add(new Notice(what, recipient.status().orElse(""), recipient.address()));
            if (bounce.isPermanent()) {
                suppressions.add(recipient.address(), Suppression.Reason.BOUNCE);
            }
        });
    }

    private void complained(SesNotification.Complaint complaint) {
        complaint.recipients().forEach(recipient -> {
            notices.add(new Notice("complained", complaint.feedbackTypeText().orElse(""), recipient.address()));
            suppressions.add(recipient.address(), Suppression.Reason.COMPLAINT);
        });
    }

    /** Returns the bad news, in the order it came. */
    List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Returns how many other notifications came, by type. */
    Map<String, Integer> others() {
        return Map.copyOf(others);
    }
}
