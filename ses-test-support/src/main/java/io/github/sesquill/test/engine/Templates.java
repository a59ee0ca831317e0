package io.github.sesquill.test.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The stored templates. Unless the engine is strict, a template that was never made counts as one whose text nobody
 * knows, until one is made. Thread-safe.
 */
public final class Templates {

    private static final int MOST = 10_000;
    private static final int LARGEST = 500 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A template by its name. */
    public record StoredTemplate(String name, Body body, Instant createdAt) {}

    private final boolean strict;
    private final TimeSource time;
    private final Map<String, StoredTemplate> stored = new ConcurrentSkipListMap<>();

    Templates(boolean strict, TimeSource time) {
        this.strict = strict;
        this.time = time;
    }

    /**
     * Stores a template.
     *
     * @throws RefusalException if there is one of that name, it is malformed or too large, or there are too many
     */
    public void create(String name, Body body) {
        check(body);
        if (stored.size() >= MOST) {
            throw new RefusalException(Refusal.limit("templates", MOST));
        }
        if (stored.putIfAbsent(name, new StoredTemplate(name, body, time.instant())) != null) {
            throw new RefusalException(Refusal.exists("Template " + name));
        }
    }

    /**
     * Changes a template.
     *
     * @throws RefusalException if there is none of that name, or it is malformed or too large
     */
    public void update(String name, Body body) {
        check(body);
        if (stored.computeIfPresent(name, (key, old) -> new StoredTemplate(key, body, old.createdAt())) == null) {
            throw new RefusalException(Refusal.noTemplate(name));
        }
    }

    private static void check(Body body) {
        int size = size(body.subject()) + size(body.text()) + size(body.html());
        if (size > LARGEST) {
            throw new RefusalException(
                    Refusal.invalid("The template takes " + size + " bytes; SES takes at most " + LARGEST + "."));
        }
        malformed(body).ifPresent(refusal -> {
            throw new RefusalException(refusal);
        });
    }

    private static int size(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Says what is wrong with the text of a template. */
    static Optional<Refusal> malformed(Body body) {
        try {
            TemplateText.of(body.subject());
            TemplateText.of(body.text() == null ? "" : body.text());
            TemplateText.of(body.html() == null ? "" : body.html());
            return Optional.empty();
        } catch (TemplateSyntaxException e) {
            return Optional.of(Refusal.invalid(String.valueOf(e.getMessage())));
        }
    }

    /** Removes a template; answers whether it was there. */
    public boolean remove(String name) {
        return stored.remove(name) != null;
    }

    /** Finds a template. */
    public Optional<StoredTemplate> find(String name) {
        return Optional.ofNullable(stored.get(name));
    }

    /** Returns all, by name. */
    public List<StoredTemplate> list() {
        return List.copyOf(stored.values());
    }

    /**
     * Renders a template as a test, which says at once what a send says afterwards.
     *
     * @throws RefusalException if there is no such template, the data is no JSON, or an attribute is missing from it
     */
    public Body render(String name, String dataJson) {
        StoredTemplate template = find(name).orElseThrow(() -> new RefusalException(Refusal.noTemplate(name)));
        try {
            return fill(template.body(), data(dataJson));
        } catch (MissingAttributeException e) {
            throw new RefusalException(Refusal.invalid(String.valueOf(e.getMessage())));
        }
    }

    /** Says what is wrong with a template that a message names or brings. */
    Optional<Refusal> refusal(Submission submission, Submission.Template template) {
        String name = template.name();
        if (name != null && stored.get(name) == null && (strict || !stored.isEmpty())) {
            return Optional.of(Refusal.noTemplate(name));
        }
        if (name == null) {
            Optional<Refusal> malformed = submission.body().flatMap(Templates::malformed);
            if (malformed.isPresent()) {
                return malformed;
            }
        }
        try {
            data(template.dataJson());
            return Optional.empty();
        } catch (RefusalException e) {
            return Optional.of(e.refusal());
        }
    }

    /** Fills the template of a message; nothing if nobody knows its text. */
    Optional<Body> filled(Submission submission, Submission.Template template) {
        String name = template.name();
        Optional<Body> body = name == null ? submission.body() : find(name).map(StoredTemplate::body);
        return body.map(text -> fill(text, data(template.dataJson())));
    }

    private static JsonNode data(String json) {
        try {
            JsonNode data = JSON.readTree(json);
            if (data instanceof ObjectNode object) {
                // Filled in later, for each message its own.
                object.put("amazonSESUnsubscribeUrl", Decisions.LINK);
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new RefusalException(Refusal.invalid("Template data is not valid JSON."));
        }
        throw new RefusalException(Refusal.invalid("Template data must be a JSON object."));
    }

    private static Body fill(Body body, JsonNode data) {
        return new Body(
                filled(body.subject(), data),
                body.text() == null ? null : filled(body.text(), data),
                body.html() == null ? null : filled(body.html(), data));
    }

    private static String filled(String text, JsonNode data) {
        return TemplateText.of(text).render(data);
    }
}
