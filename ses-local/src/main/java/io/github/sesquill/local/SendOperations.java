package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.message.MessageHeader;
import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.Answer;
import io.github.sesquill.test.engine.Lost;
import io.github.sesquill.test.engine.Operation;
import io.github.sesquill.test.engine.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code SendEmail} and {@code SendBulkEmail}. */
final class SendOperations {

    private final Post post;

    private SendOperations(Post post) {
        this.post = post;
    }

    static void addTo(Api api, Post post) {
        SendOperations operations = new SendOperations(post);
        api.add("SendEmail", operations::send).add("SendBulkEmail", operations::sendBulk);
    }

    private JsonNode send(Call call) throws IOException {
        Answer answer = post.send(MessageReading.read(new Fields(call.json()), call.caller()));
        if (answer instanceof Refused refused) {
            throw new ApiRefusalException(refused.refusal());
        }
        return Json.object().put("MessageId", accepted(answer).messageId());
    }

    private static Accepted accepted(Answer answer) throws IOException {
        if (answer instanceof Accepted accepted) {
            return accepted;
        }
        throw new IOException("A script wants no answer.");
    }

    private JsonNode sendBulk(Call call) throws IOException {
        Fields request = new Fields(call.json());
        List<Answer> answers = post.send(entries(request, call.caller()));
        ObjectNode reply = Json.object();
        ArrayNode results = reply.putArray("BulkEmailEntryResults");
        for (Answer answer : answers) {
            if (answer instanceof Lost) {
                throw new IOException("A script wants no answer.");
            }
            results.add(answer instanceof Refused refused ? refused(refused) : sent(accepted(answer)));
        }
        return reply;
    }

    private static ObjectNode refused(Refused refused) {
        return Json.object()
                .put("Status", refused.refusal().bulkStatus())
                .put("Error", refused.refusal().text());
    }

    private static ObjectNode sent(Accepted accepted) {
        return Json.object().put("Status", "SUCCESS").put("MessageId", accepted.messageId());
    }

    private static List<Incoming> entries(Fields request, String caller) {
        List<Fields> entries = request.objects("BulkEmailEntries");
        if (entries.isEmpty() || entries.size() > 50) {
            throw ProblemException.badRequest("A bulk call takes 1 to 50 destinations, not " + entries.size() + ".");
        }
        Fields template = request.requiredObject("DefaultContent").requiredObject("Template");
        EmailAddress from = Addresses.of(request.required("FromEmailAddress"));
        Map<String, String> defaults = MessageReading.tags(request.objects("DefaultEmailTags"));
        List<Incoming> submissions = new ArrayList<>();
        for (Fields entry : entries) {
            Fields destination = entry.object("Destination").orElseGet(() -> new Fields(Json.object()));
            Map<String, String> tags = new LinkedHashMap<>(defaults);
            tags.putAll(MessageReading.tags(entry.objects("ReplacementTags")));
            List<MessageHeader> heads = MessageReading.heads(from, destination, request);
            Fields content = withHeaders(template, entry);
            submissions.add(new Incoming(
                    Operation.SEND_BULK_EMAIL,
                    new Incoming.Envelope(
                            from, MessageReading.feedback(request), MessageReading.recipients(destination), caller),
                    MessageReading.parts(
                            content,
                            MessageReading.inline(content),
                            MessageReading.template(content, data(template, entry)),
                            heads),
                    MessageReading.options(request, tags)));
        }
        return submissions;
    }

    /** Headers of an entry replace those of the call by name. */
    private static Fields withHeaders(Fields template, Fields entry) {
        List<Fields> own = entry.objects("ReplacementHeaders");
        if (own.isEmpty()) {
            return template;
        }
        Map<String, Fields> byName = new LinkedHashMap<>();
        template.objects("Headers").forEach(header -> byName.put(header.required("Name"), header));
        own.forEach(header -> byName.put(header.required("Name"), header));
        ObjectNode joined = template.object().deepCopy();
        ArrayNode headers = joined.putArray("Headers");
        byName.values().forEach(header -> headers.add(header.object()));
        return new Fields(joined);
    }

    /** Values of an entry replace those of the call one by one (SES Developer Guide, "Using templates"). */
    private static String data(Fields template, Fields entry) {
        String usual = template.text("TemplateData").orElse("{}");
        return entry.object("ReplacementEmailContent")
                .flatMap(content -> content.object("ReplacementTemplate"))
                .flatMap(replacement -> replacement.text("ReplacementTemplateData"))
                .map(own -> joined(usual, own))
                .orElse(usual);
    }

    private static String joined(String usual, String own) {
        try {
            return Json.tree(usual) instanceof ObjectNode all && Json.tree(own) instanceof ObjectNode more
                    ? all.setAll(more).toString()
                    : own;
        } catch (IllegalStateException e) {
            return own;
        }
    }
}
