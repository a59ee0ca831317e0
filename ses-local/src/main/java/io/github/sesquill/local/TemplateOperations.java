package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.test.engine.Body;
import io.github.sesquill.test.engine.Refusal;
import io.github.sesquill.test.engine.Templates;

/** The stored templates. */
final class TemplateOperations {

    private final Templates templates;

    private TemplateOperations(Templates templates) {
        this.templates = templates;
    }

    static void addTo(Api api, Templates templates) {
        TemplateOperations operations = new TemplateOperations(templates);
        api.add("CreateEmailTemplate", operations::create)
                .add("GetEmailTemplate", operations::get)
                .add("UpdateEmailTemplate", operations::update)
                .add("DeleteEmailTemplate", operations::delete)
                .add("ListEmailTemplates", operations::list)
                .add("TestRenderEmailTemplate", operations::render);
    }

    private JsonNode create(Call call) {
        Fields request = new Fields(call.json());
        templates.create(request.required("TemplateName"), body(request));
        return Json.object();
    }

    private JsonNode update(Call call) {
        templates.update(call.path("TemplateName"), body(new Fields(call.json())));
        return Json.object();
    }

    private static Body body(Fields request) {
        return MessageReading.templateText(request.requiredObject("TemplateContent"));
    }

    private JsonNode get(Call call) {
        Templates.StoredTemplate template =
                templates.find(call.path("TemplateName")).orElseThrow(() -> missing(call));
        ObjectNode reply = Json.object().put("TemplateName", template.name());
        ObjectNode content = reply.putObject("TemplateContent")
                .put("Subject", template.body().subject());
        if (template.body().text() != null) {
            content.put("Text", template.body().text());
        }
        if (template.body().html() != null) {
            content.put("Html", template.body().html());
        }
        return reply;
    }

    private JsonNode delete(Call call) {
        if (!templates.remove(call.path("TemplateName"))) {
            throw missing(call);
        }
        return Json.object();
    }

    private static ApiRefusalException missing(Call call) {
        return new ApiRefusalException(Refusal.noTemplate(call.path("TemplateName")));
    }

    private JsonNode list(Call call) {
        return Page.of(call)
                .cut(
                        "TemplatesMetadata",
                        templates.list(),
                        template -> Json.object()
                                .put("TemplateName", template.name())
                                .put("CreatedTimestamp", AccountOperations.seconds(template.createdAt())));
    }

    private JsonNode render(Call call) {
        Body body = templates.render(call.path("TemplateName"), new Fields(call.json()).required("TemplateData"));
        return Json.object().put("RenderedTemplate", Source.of(body));
    }
}
