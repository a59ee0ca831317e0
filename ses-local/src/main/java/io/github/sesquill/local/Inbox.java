package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.message.EmailAddress;
import io.github.sesquill.test.engine.Accepted;
import io.github.sesquill.test.engine.Notice;
import io.github.sesquill.test.engine.Refused;
import io.github.sesquill.test.engine.SesEngine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The JSON API of the inbox: what was sent, what became of it, and what a reader does to it. */
final class Inbox {

    private static final int SMALL = 16 * 1024;
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final SesEngine engine;
    private final Cellar cellar;
    private final LiveEvents live;

    Inbox(SesEngine engine, Cellar cellar, LiveEvents live) {
        this.engine = engine;
        this.cellar = cellar;
        this.live = live;
    }

    List<Route> routes() {
        String message = "/inbox/messages/{id}";
        return List.of(
                Route.get("/inbox/messages", this::list),
                Route.of("DELETE", "/inbox/messages", 0, call -> clear()),
                Route.get(message, call -> Reply.ok(detail(found(call)))),
                Route.get(message + "/source", this::source),
                Route.get(message + "/html", this::html),
                Route.get(message + "/parts/{part}", this::part),
                Route.of("POST", message + "/bounce", SMALL, this::bounce),
                Route.of("POST", message + "/complaint", SMALL, this::complain),
                Route.of("POST", message + "/delay", SMALL, this::delay),
                Route.of("POST", message + "/open", SMALL, this::open),
                Route.of("POST", message + "/click", SMALL, this::click),
                Route.get("/inbox/refused", this::refused),
                Route.get("/inbox/events", call -> live.stream()));
    }

    private Reply list(Call call) {
        int limit = call.query("limit", USUAL, 1, MOST);
        Predicate<Accepted> wanted = call.query("search").map(Inbox::having).orElse(sent -> true);
        List<Accepted> all = engine.accepted();
        Map<String, List<Notice>> notices =
                engine.published(0).stream().collect(Collectors.groupingBy(Notice::messageId));
        ObjectNode json = Json.object().put("total", all.size());
        ArrayNode messages = json.putArray("messages");
        for (int i = all.size() - 1; i >= 0 && messages.size() < limit; i--) {
            Accepted sent = all.get(i);
            if (wanted.test(sent)) {
                messages.add(withEvents(Letter.summary(sent), notices.getOrDefault(sent.messageId(), List.of())));
            }
        }
        return Reply.ok(json);
    }

    /** Looks for words in what a list shows and in the bodies of what is no MIME. */
    private static Predicate<Accepted> having(String search) {
        List<String> words = List.of(search.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        return sent -> {
            String bodies = sent.rendered()
                    .map(body -> ' ' + String.valueOf(body.text()) + ' ' + body.html())
                    .orElse("");
            String text = (Letter.summary(sent) + bodies).toLowerCase(Locale.ROOT);
            return words.stream().allMatch(text::contains);
        };
    }

    private static ObjectNode withEvents(ObjectNode message, List<Notice> notices) {
        ArrayNode events = message.putArray("events");
        notices.stream().map(notice -> notice.type().text()).distinct().forEach(events::add);
        return message;
    }

    private ObjectNode detail(Accepted sent) {
        List<Notice> notices = engine.notices(sent.messageId());
        ObjectNode json = withEvents(Letter.of(sent).json(), notices);
        json.set("notifications", json(notices));
        return json;
    }

    private static ArrayNode json(List<Notice> notices) {
        ArrayNode list = Json.array();
        notices.forEach(notice -> {
            ObjectNode item = list.addObject()
                    .put("type", notice.type().text())
                    .put("at", notice.due().toString());
            item.set("json", Json.tree(notice.json()));
        });
        return list;
    }

    private Accepted found(Call call) {
        return engine.find(call.path("id"))
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no such message; it may have made room for newer" + " ones."));
    }

    private Reply clear() {
        engine.clear();
        cellar.clear();
        return Reply.ok(Json.object());
    }

    private Reply source(Call call) {
        return Reply.of(200, "text/plain; charset=utf-8", Letter.of(found(call)).source());
    }

    private Reply html(Call call) {
        Letter letter = Letter.of(found(call));
        return letter.html()
                .map(html -> ShownHtml.of(html, letter.leaves()))
                .orElseThrow(() -> ProblemException.notFound("This message has no HTML."));
    }

    /** A file goes to the disk of whoever asks for it, and is never shown here. */
    private Reply part(Call call) {
        MimePart part = index(call.path("part"))
                .flatMap(Letter.of(found(call))::part)
                .orElseThrow(() -> ProblemException.notFound("This message has no such part."));
        String name = URLEncoder.encode(part.fileName().orElse("part"), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return Reply.of(200, "application/octet-stream", part.bytes())
                .with("Content-Disposition", "attachment; filename*=UTF-8''" + name);
    }

    private static Optional<Integer> index(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Reply bounce(Call call) {
        boolean permanent = new Fields(call.json()).flag("permanent").orElse(true);
        return happened(() -> engine.happenings().bounce(found(call).messageId(), recipient(call), permanent));
    }

    private Reply complain(Call call) {
        return happened(() -> engine.happenings().complain(found(call).messageId(), recipient(call)));
    }

    private Reply delay(Call call) {
        return happened(() -> engine.happenings().delay(found(call).messageId(), recipient(call)));
    }

    private Reply open(Call call) {
        return happened(() -> engine.happenings().open(found(call).messageId()));
    }

    private Reply click(Call call) {
        String link = new Fields(call.json()).required("link");
        return happened(() -> engine.happenings().click(found(call).messageId(), link));
    }

    private interface Happening {

        List<Notice> happen();
    }

    private static Reply happened(Happening happening) {
        try {
            return Reply.ok(Json.object().set("notifications", json(happening.happen())));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** Reads whom it happens to; who is the only recipient need not be named. */
    private EmailAddress recipient(Call call) {
        List<EmailAddress> recipients = found(call).submission().recipients();
        Optional<String> named = new Fields(call.json()).text("recipient");
        if (named.isEmpty() && recipients.size() == 1) {
            return recipients.get(0);
        }
        String address = named.orElseThrow(
                () -> ProblemException.badRequest("The message has several recipients; say which by recipient."));
        return recipients.stream()
                .filter(recipient -> recipient.address().equalsIgnoreCase(address))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("The message has no such recipient."));
    }

    private Reply refused(Call call) {
        List<Refused> all = engine.refused();
        int limit = call.query("limit", USUAL, 1, MOST);
        ArrayNode list = Json.array();
        for (int i = all.size() - 1; i >= 0 && list.size() < limit; i--) {
            list.add(json(all.get(i)));
        }
        JsonNode json = Json.object().put("total", all.size()).set("refused", list);
        return Reply.ok(json);
    }

    private static ObjectNode json(Refused refused) {
        ObjectNode json = Json.object()
                .put("at", refused.at().toString())
                .put("operation", refused.submission().operation().text())
                .put("from", refused.submission().from().address())
                .put("code", refused.refusal().code())
                .put("reason", refused.refusal().rule().name())
                .put("text", refused.refusal().text());
        ArrayNode recipients = json.putArray("recipients");
        refused.submission().recipients().forEach(recipient -> recipients.add(recipient.address()));
        return json;
    }
}
