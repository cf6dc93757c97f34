package erp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Reads the inbox until it is empty, and answers what the recipients ask: java erp.Read ANSWERS JOURNAL */
public final class Read {
    private static final String ACTION_NEEDED = "chorus-relay.invoice.action-needed.v1";
    private static final List<String> PARTS = List.of("id", "subject", "type", "data");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsClient sqs;
    private final Path answers;
    private final Journal journal;
    private final SortedSet<String> changed = new TreeSet<>();
    private boolean failed = false;

    private Read(SqsClient sqs, Path answers, Journal journal) {
        this.sqs = sqs;
        this.answers = answers;
        this.journal = journal;
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("java erp.Read ANSWERS JOURNAL");
            System.exit(1);
        }
        try (var sqs = SqsClient.create()) {
            var reader = new Read(sqs, Path.of(args[0]), new Journal(Path.of(args[1])));
            reader.empty(Settings.get("RELAY_ERP_INBOX_QUEUE_URL"));
            reader.print();
            if (reader.failed) {
                System.exit(1);
            }
        }
    }

    private void empty(String inbox) {
        while (true) {
            // With any wait, SQS asks all of its servers.
            var messages = sqs.receiveMessage(request ->
                            request.queueUrl(inbox).maxNumberOfMessages(10).waitTimeSeconds(2))
                    .messages();
            if (messages.isEmpty()) {
                return;
            }
            var read = new LinkedHashMap<Message, JsonNode>();
            for (var message : messages) {
                var event = eventIn(message);
                if (event != null) {
                    read.put(message, event);
                }
            }
            process(read.values());
            // Only now: what is not processed comes again.
            var done = new ArrayList<DeleteMessageBatchRequestEntry>();
            read.forEach((message, event) -> {
                if (journal.has(event)) {
                    done.add(DeleteMessageBatchRequestEntry.builder()
                            .id(Integer.toString(done.size()))
                            .receiptHandle(message.receiptHandle())
                            .build());
                }
            });
            if (!done.isEmpty()) {
                sqs.deleteMessageBatch(request -> request.queueUrl(inbox).entries(done));
            }
        }
    }

    /** Null if it is not an event: it stays in the queue, until SQS moves it to the dead letters. */
    private static JsonNode eventIn(Message message) {
        try {
            var event = JSON.readTree(message.body());
            if (PARTS.stream().allMatch(event::hasNonNull) && event.path("data").isObject()) {
                return event;
            }
        } catch (JsonProcessingException notJson) {
            // As one that is not an event.
        }
        System.err.println("not an event: message " + message.messageId());
        return null;
    }

    /** One after the other: what goes wrong with one stops no other. */
    private void process(Collection<JsonNode> events) {
        var fresh = events.stream().filter(journal::place).toList();
        for (var event : fresh) {
            var subject = event.path("subject").asText();
            try {
                // An older event that comes late asks for nothing any more.
                if (event.path("type").asText().equals(ACTION_NEEDED) && journal.isNewest(event)) {
                    answer(event);
                }
                // If this program is killed before, the event comes again, and is answered again. A second answer does
                // no harm: the relay refuses it if the first has taken effect.
                journal.save(event);
                changed.add(subject);
            } catch (IOException | RuntimeException error) {
                journal.forget(event);
                failed = true;
                System.err.println(subject + " could not be processed: " + error);
            }
        }
    }

    /** Sends the command that the event names. What it says is in a file; without one, a person has to decide. */
    private void answer(JsonNode event) throws IOException {
        var subject = event.path("subject").asText();
        var data = event.path("data");
        // Absent if no command helps: what is to be done is in the message, for a person.
        var type = data.at("/status/answer").asText();
        var template = answers.resolve(type + ".json");
        if (type.isEmpty() || !Files.exists(template)) {
            var wanted = type.isEmpty() ? "" : " (" + type + ")";
            System.out.println(subject + " waits for a person" + wanted + ": " + data.at("/message/fr").asText());
            return;
        }
        var command = (ObjectNode) JSON.readTree(template.toFile());
        command.set("connection", data.path("connection"));
        command.putObject("supplier").set("siret", data.path("supplier"));
        command.putObject("invoice")
                .<ObjectNode>set("number", data.path("number"))
                .set("issueDate", data.path("issueDate"));
        sqs.sendMessage(request -> request
                .queueUrl(Settings.get("RELAY_INVOICES_QUEUE_URL"))
                .messageBody(command.toString())
                .messageGroupId(data.path("connection").asText()));
        System.out.println(subject + " answered with " + type);
    }

    private void print() {
        for (var subject : changed) {
            System.out.println(subject);
            for (var event : journal.history(subject)) {
                System.out.printf("  %d %s: %s%n", Journal.sequenceOf(event), event.path("type").asText(),
                        event.at("/data/message/fr").asText());
            }
        }
    }
}
