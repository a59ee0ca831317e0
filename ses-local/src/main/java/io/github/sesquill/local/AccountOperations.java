package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.test.engine.AccountSuppressions;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.transport.AccountStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The account and its suppression list. */
final class AccountOperations {

    private final SesEngine engine;
    private volatile @Nullable ObjectNode details;

    private AccountOperations(SesEngine engine) {
        this.engine = engine;
    }

    static void addTo(Api api, SesEngine engine) {
        AccountOperations account = new AccountOperations(engine);
        api.add("GetAccount", call -> account.get())
                .add("PutAccountDetails", account::putDetails)
                .add("PutAccountSendingAttributes", account::putSending)
                .add("PutAccountSuppressionAttributes", account::putSuppression)
                .add("PutSuppressedDestination", account::suppress)
                .add("GetSuppressedDestination", account::suppressed)
                .add("ListSuppressedDestinations", account::allSuppressed)
                .add("DeleteSuppressedDestination", account::release);
    }

    private JsonNode get() {
        AccountStatus status = engine.status();
        ObjectNode account = Json.object();
        account.put("DedicatedIpAutoWarmupEnabled", false)
                .put("EnforcementStatus", engine.account().isSuspended() ? "SHUTDOWN" : "HEALTHY")
                .put("ProductionAccessEnabled", !engine.account().isInSandbox())
                .put("SendingEnabled", !engine.account().isPaused());
        account.putObject("SendQuota")
                .put("Max24HourSend", status.max24HourSend())
                .put("MaxSendRate", status.maxSendRate())
                .put("SentLast24Hours", status.sentLast24Hours());
        ArrayNode reasons = account.putObject("SuppressionAttributes").putArray("SuppressedReasons");
        engine.suppressions().reasons().stream().sorted().forEach(reason -> reasons.add(reason.name()));
        ObjectNode known = details;
        if (known != null) {
            account.set("Details", known.deepCopy());
        }
        return account;
    }

    /** Nobody reviews: who asks for production gets it. */
    private JsonNode putDetails(Call call) {
        Fields request = new Fields(call.json());
        ObjectNode kept = Json.object()
                .put("MailType", request.required("MailType"))
                .put("WebsiteURL", request.required("WebsiteURL"));
        request.text("ContactLanguage").ifPresent(language -> kept.put("ContactLanguage", language));
        request.text("UseCaseDescription").ifPresent(description -> kept.put("UseCaseDescription", description));
        ArrayNode contacts = kept.putArray("AdditionalContactEmailAddresses");
        request.texts("AdditionalContactEmailAddresses").forEach(contacts::add);
        kept.putObject("ReviewDetails").put("Status", "GRANTED");
        details = kept;
        if (request.flag("ProductionAccessEnabled").orElse(false)) {
            engine.account().sandbox(false);
        }
        return Json.object();
    }

    private JsonNode putSending(Call call) {
        engine.account().pause(!new Fields(call.json()).flag("SendingEnabled").orElse(false));
        return Json.object();
    }

    private JsonNode putSuppression(Call call) {
        engine.suppressions().reasons(new Fields(call.json()).constants("SuppressedReasons", Reason.class));
        return Json.object();
    }

    private JsonNode suppress(Call call) {
        Fields request = new Fields(call.json());
        String address = Addresses.of(request.required("EmailAddress")).address();
        engine.suppressions().put(address, request.constant("Reason", Reason.class));
        return Json.object();
    }

    private JsonNode suppressed(Call call) {
        AccountSuppressions.Entry entry =
                engine.suppressions().find(call.path("EmailAddress")).orElseThrow(() -> notSuppressed(call));
        return Json.object().set("SuppressedDestination", json(entry));
    }

    private static ApiRefusalException notSuppressed(Call call) {
        return new ApiRefusalException(
                Refusal.notFound("Email address " + call.path("EmailAddress") + " on the suppression list"));
    }

    private JsonNode release(Call call) {
        if (!engine.suppressions().remove(call.path("EmailAddress"))) {
            throw notSuppressed(call);
        }
        return Json.object();
    }

    private JsonNode allSuppressed(Call call) {
        Set<String> reasons = Set.copyOf(call.queryAll("Reason"));
        List<AccountSuppressions.Entry> entries = engine.suppressions().list().stream()
                .filter(entry ->
                        reasons.isEmpty() || reasons.contains(entry.reason().name()))
                .toList();
        return Page.of(call).cut("SuppressedDestinationSummaries", entries, AccountOperations::json);
    }

    private static ObjectNode json(AccountSuppressions.Entry entry) {
        return Json.object()
                .put("EmailAddress", entry.address())
                .put("Reason", entry.reason().name())
                .put("LastUpdateTime", seconds(entry.at()));
    }

    /** Writes a time as the protocol has it: seconds since 1970. */
    static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
