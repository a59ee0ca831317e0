package io.github.sesquill.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.suppression.Suppression.Reason;
import io.github.sesquill.test.engine.SesEngine;
import io.github.sesquill.transport.AccountStatus;
import java.util.List;

/** The account in the JSON API of the inbox: how it stands, and the switches that have no button at AWS. */
final class AccountPage {

    private static final int SMALL = 16 * 1024;

    private final SesEngine engine;

    AccountPage(SesEngine engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/inbox/account", call -> Reply.ok(json())),
                Route.of("POST", "/inbox/account", SMALL, this::change),
                Route.of("POST", "/inbox/identities/{name}/verify", 0, this::verify),
                Route.of("PUT", "/inbox/suppressed/{address}", SMALL, this::suppress),
                Route.of("DELETE", "/inbox/suppressed/{address}", 0, this::release),
                Route.get("/unsubscribe/{token}", this::unsubscribe),
                Route.of("POST", "/unsubscribe/{token}", SMALL, this::unsubscribe));
    }

    private ObjectNode json() {
        AccountStatus status = engine.status();
        ObjectNode json = Json.object()
                .put("region", engine.account().region())
                .put("sandbox", engine.account().isInSandbox())
                .put("paused", engine.account().isPaused())
                .put("suspended", engine.account().isSuspended())
                .put("maxSendRate", status.maxSendRate())
                .put("max24HourSend", status.max24HourSend())
                .put("sentLast24Hours", status.sentLast24Hours());
        ArrayNode identities = json.putArray("identities");
        engine.identities()
                .list()
                .forEach(identity ->
                        identities.addObject().put("name", identity.name()).put("verified", identity.verified()));
        ArrayNode suppressed = json.putArray("suppressed");
        engine.suppressions()
                .list()
                .forEach(entry -> suppressed
                        .addObject()
                        .put("address", entry.address())
                        .put("reason", entry.reason().name())
                        .put("at", entry.at().toString()));
        return json;
    }

    private Reply change(Call call) {
        Fields change = new Fields(call.json());
        change.flag("sandbox").ifPresent(engine.account()::sandbox);
        change.flag("paused").ifPresent(engine.account()::pause);
        change.flag("suspended").ifPresent(engine.account()::suspend);
        return Reply.ok(json());
    }

    private Reply verify(Call call) {
        try {
            engine.identities().verify(call.path("name"));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
        return Reply.ok(json());
    }

    private Reply suppress(Call call) {
        Reason reason = new Fields(call.json()).constant("reason", Reason.class);
        engine.suppressions().put(Addresses.of(call.path("address")).address(), reason);
        return Reply.ok(json());
    }

    private Reply release(Call call) {
        if (!engine.suppressions().remove(call.path("address"))) {
            throw ProblemException.notFound("The address is not on the suppression list.");
        }
        return Reply.ok(json());
    }

    /** Unsubscribes by one click (RFC 8058) or by a visit. */
    private Reply unsubscribe(Call call) {
        return engine.happenings().unsubscribe(call.path("token"))
                ? Reply.text(200, "You have unsubscribed.\n")
                : Reply.text(404, "There is nothing to unsubscribe from here.\n");
    }
}
