package erp;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every event once, and those of one subject in their order. The file has one event a line, as they came. */
final class Journal {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final Set<String> ids = new HashSet<>();
    private final Map<String, List<JsonNode>> subjects = new HashMap<>();

    Journal(Path path) throws IOException {
        this.path = path;
        if (Files.exists(path)) {
            for (var line : Files.readAllLines(path)) {
                place(JSON.readTree(line));
            }
        }
        // Fails here, before anything is sent, if it cannot be written.
        Files.write(path, List.of(), CREATE, APPEND);
    }

    /** Returns whether the event is new. */
    boolean place(JsonNode event) {
        if (!ids.add(event.path("id").asText())) {
            return false;
        }
        var history = subjects.computeIfAbsent(event.path("subject").asText(), subject -> new ArrayList<>());
        history.add(event);
        history.sort(Comparator.comparingInt(Journal::sequenceOf));
        return true;
    }

    /** The events of a subject, in their order. */
    List<JsonNode> history(String subject) {
        return subjects.getOrDefault(subject, List.of());
    }

    boolean isNewest(JsonNode event) {
        var history = history(event.path("subject").asText());
        return history.get(history.size() - 1) == event;
    }

    boolean has(JsonNode event) {
        return ids.contains(event.path("id").asText());
    }

    void save(JsonNode event) throws IOException {
        Files.write(path, List.of(event.toString()), CREATE, APPEND);
    }

    /** It could not be processed: when it comes again, it is new. */
    void forget(JsonNode event) {
        ids.remove(event.path("id").asText());
        subjects.get(event.path("subject").asText()).remove(event);
    }

    /** A reminder to renew a credential has none: 0. */
    static int sequenceOf(JsonNode event) {
        return event.at("/data/sequence").asInt();
    }
}
