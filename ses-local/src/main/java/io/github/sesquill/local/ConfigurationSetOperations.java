package io.github.sesquill.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sesquill.test.engine.ConfigurationSets;
import io.github.sesquill.test.engine.ConfigurationSets.ConfigurationSet;
import io.github.sesquill.test.engine.EventType;
import io.github.sesquill.test.engine.Refusal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The configuration sets and their event destinations. */
final class ConfigurationSetOperations {

    private final ConfigurationSets sets;
    /** What a destination was made of, by set and name; the engine knows the types of events alone. */
    private final Map<String, ObjectNode> destinations = new ConcurrentHashMap<>();

    private ConfigurationSetOperations(ConfigurationSets sets) {
        this.sets = sets;
    }

    static void addTo(Api api, ConfigurationSets sets) {
        ConfigurationSetOperations operations = new ConfigurationSetOperations(sets);
        api.add("CreateConfigurationSet", operations::create)
                .add("GetConfigurationSet", operations::get)
                .add("DeleteConfigurationSet", operations::delete)
                .add("ListConfigurationSets", operations::list)
                .add("PutConfigurationSetSendingOptions", operations::putSending)
                .add("CreateConfigurationSetEventDestination", operations::createDestination)
                .add("UpdateConfigurationSetEventDestination", operations::updateDestination)
                .add("DeleteConfigurationSetEventDestination", operations::deleteDestination)
                .add("GetConfigurationSetEventDestinations", operations::getDestinations);
    }

    private JsonNode create(Call call) {
        Fields request = new Fields(call.json());
        String name = request.required("ConfigurationSetName");
        sets.create(name);
        boolean sends = request.object("SendingOptions")
                .flatMap(options -> options.flag("SendingEnabled"))
                .orElse(true);
        sets.sending(name, sends);
        return Json.object();
    }

    private ConfigurationSet found(Call call) {
        String name = call.path("ConfigurationSetName");
        return sets.find(name).orElseThrow(() -> new ApiRefusalException(Refusal.noConfigurationSet(name)));
    }

    private JsonNode get(Call call) {
        ConfigurationSet set = found(call);
        ObjectNode reply = Json.object().put("ConfigurationSetName", set.name());
        reply.putObject("SendingOptions").put("SendingEnabled", set.sendingEnabled());
        reply.putObject("ReputationOptions").put("ReputationMetricsEnabled", false);
        reply.putArray("Tags");
        return reply;
    }

    private JsonNode delete(Call call) {
        ConfigurationSet set = found(call);
        sets.remove(set.name());
        destinations.keySet().removeIf(key -> key.startsWith(set.name() + '/'));
        return Json.object();
    }

    private JsonNode list(Call call) {
        return Page.of(call)
                .cut("ConfigurationSets", sets.list(), set -> Json.array().textNode(set.name()));
    }

    private JsonNode putSending(Call call) {
        sets.sending(
                call.path("ConfigurationSetName"),
                new Fields(call.json()).flag("SendingEnabled").orElse(false));
        return Json.object();
    }

    private JsonNode createDestination(Call call) {
        Fields request = new Fields(call.json());
        String name = request.required("EventDestinationName");
        if (found(call).destinations().containsKey(name)) {
            throw new ApiRefusalException(Refusal.exists("Event destination " + name));
        }
        put(call, name, request);
        return Json.object();
    }

    private JsonNode updateDestination(Call call) {
        put(call, existing(call), new Fields(call.json()));
        return Json.object();
    }

    private String existing(Call call) {
        String name = call.path("EventDestinationName");
        if (!found(call).destinations().containsKey(name)) {
            throw new ApiRefusalException(Refusal.notFound("Event destination " + name));
        }
        return name;
    }

    private void put(Call call, String name, Fields request) {
        Fields destination = request.requiredObject("EventDestination");
        Set<EventType> types = destination.constants("MatchingEventTypes", EventType.class);
        boolean enabled = destination.flag("Enabled").orElse(false);
        String set = found(call).name();
        sets.destination(set, name, enabled ? types : Set.of());
        destinations.put(key(set, name), destination.object().deepCopy());
    }

    private JsonNode deleteDestination(Call call) {
        String name = existing(call);
        sets.removeDestination(call.path("ConfigurationSetName"), name);
        destinations.remove(key(call.path("ConfigurationSetName"), name));
        return Json.object();
    }

    private JsonNode getDestinations(Call call) {
        ConfigurationSet set = found(call);
        ObjectNode reply = Json.object();
        ArrayNode list = reply.putArray("EventDestinations");
        set.destinations().forEach((name, types) -> {
            ObjectNode destination = Json.object().put("Name", name).put("Enabled", !types.isEmpty());
            ArrayNode matching = destination.putArray("MatchingEventTypes");
            types.stream().sorted().forEach(type -> matching.add(type.name()));
            ObjectNode said = destinations.get(key(set.name(), name));
            if (said != null) {
                destination.setAll(said);
            }
            list.add(destination);
        });
        return reply;
    }

    private static String key(String set, String destination) {
        return set + '/' + destination;
    }
}
