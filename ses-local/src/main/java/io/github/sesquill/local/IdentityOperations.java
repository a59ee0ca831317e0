package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.test.engine.Identity;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.test.engine.SesEngine;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The identities, and what is set for each without changing how mail is sent here. */
final class IdentityOperations {

    private static final int DKIM_TOKENS = 3;

    private final SesEngine engine;
    private final boolean pending;
    private final Map<String, ObjectNode> settings = new ConcurrentHashMap<>();

    private IdentityOperations(SesEngine engine, boolean pending) {
        this.engine = engine;
        this.pending = pending;
    }

    /** Adds them; with or without verifying at once what is created. */
    static void addTo(Api api, SesEngine engine, boolean pending) {
        IdentityOperations identities = new IdentityOperations(engine, pending);
        api.add("CreateEmailIdentity", identities::create)
                .add("GetEmailIdentity", identities::get)
                .add("ListEmailIdentities", identities::list)
                .add("DeleteEmailIdentity", identities::delete)
                .add("PutEmailIdentityDkimAttributes", call -> identities.keep(call, "DKIM"))
                .add("PutEmailIdentityFeedbackAttributes", call -> identities.keep(call, "FEEDBACK"))
                .add("PutEmailIdentityMailFromAttributes", call -> identities.keep(call, "MAIL_FROM"))
                .add("PutEmailIdentityConfigurationSetAttributes", call -> identities.keep(call, "SET"));
    }

    private JsonNode create(Call call) {
        Fields request = new Fields(call.json());
        Identity created = engine.identities().begin(request.required("EmailIdentity"));
        if (!pending) {
            engine.identities().verify(created.name());
        }
        ObjectNode kept = Json.object();
        request.text("ConfigurationSetName")
                .ifPresent(set -> kept.putObject("SET").put("ConfigurationSetName", set));
        settings.put(created.name(), kept);
        Identity now = found(created.name());
        ObjectNode reply = Json.object().put("IdentityType", type(now)).put("VerifiedForSendingStatus", now.verified());
        reply.set("DkimAttributes", dkim(now));
        return reply;
    }

    private JsonNode get(Call call) {
        Identity identity = found(call.path("EmailIdentity"));
        ObjectNode kept = settings(identity);
        ObjectNode reply = Json.object()
                .put("IdentityType", type(identity))
                .put(
                        "FeedbackForwardingStatus",
                        kept.at("/FEEDBACK/EmailForwardingEnabled").asBoolean(true))
                .put("VerifiedForSendingStatus", identity.verified())
                .put("VerificationStatus", status(identity));
        reply.set("DkimAttributes", dkim(identity));
        JsonNode mailFrom = kept.path("MAIL_FROM");
        if (mailFrom.hasNonNull("MailFromDomain")) {
            reply.putObject("MailFromAttributes")
                    .put("MailFromDomain", mailFrom.path("MailFromDomain").asText())
                    .put("MailFromDomainStatus", "SUCCESS")
                    .put(
                            "BehaviorOnMxFailure",
                            mailFrom.path("BehaviorOnMxFailure").asText("USE_DEFAULT_VALUE"));
        }
        if (kept.path("SET").hasNonNull("ConfigurationSetName")) {
            reply.set("ConfigurationSetName", kept.path("SET").get("ConfigurationSetName"));
        }
        reply.putObject("Policies");
        reply.putArray("Tags");
        return reply;
    }

    private JsonNode list(Call call) {
        return Page.of(call)
                .cut(
                        "EmailIdentities",
                        engine.identities().list(),
                        identity -> Json.object()
                                .put("IdentityType", type(identity))
                                .put("IdentityName", identity.name())
                                .put("SendingEnabled", identity.verified())
                                .put("VerificationStatus", status(identity)));
    }

    private JsonNode delete(Call call) {
        Identity identity = found(call.path("EmailIdentity"));
        engine.identities().remove(identity.name());
        settings.remove(identity.name());
        return Json.object();
    }

    private JsonNode keep(Call call, String what) {
        Identity identity = found(call.path("EmailIdentity"));
        ObjectNode kept = settings(identity);
        kept.set(what, call.json());
        settings.put(identity.name(), kept);
        return Json.object();
    }

    private ObjectNode settings(Identity identity) {
        return settings.getOrDefault(identity.name(), Json.object()).deepCopy();
    }

    private Identity found(String name) {
        return engine.identities()
                .find(name)
                .orElseThrow(() -> new ApiRefusalException(Refusal.notFound("Email identity " + name)));
    }

    private ObjectNode dkim(Identity identity) {
        boolean signs = settings(identity).at("/DKIM/SigningEnabled").asBoolean(identity.isDomain());
        ObjectNode dkim = Json.object()
                .put("SigningEnabled", signs)
                .put("Status", identity.isDomain() ? status(identity) : "NOT_STARTED")
                .put("SigningAttributesOrigin", "AWS_SES");
        ArrayNode tokens = dkim.putArray("Tokens");
        for (int i = 0; identity.isDomain() && i < DKIM_TOKENS; i++) {
            byte[] seed = (identity.name() + i).getBytes(StandardCharsets.UTF_8);
            tokens.add(UUID.nameUUIDFromBytes(seed).toString().replace("-", ""));
        }
        return dkim;
    }

    private static String type(Identity identity) {
        return identity.isDomain() ? "DOMAIN" : "EMAIL_ADDRESS";
    }

    private static String status(Identity identity) {
        return identity.verified() ? "SUCCESS" : "PENDING";
    }
}
