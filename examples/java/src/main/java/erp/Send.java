package erp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Uploads a paper and sends an invoice with it: java erp.Send COMMAND.json PAPER */
public final class Send {
    private Send() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("java erp.Send COMMAND.json PAPER");
            System.exit(1);
        }
        var json = new ObjectMapper();
        var command = (ObjectNode) json.readTree(Path.of(args[0]).toFile());
        var paper = Path.of(args[1]);
        var name = paper.getFileName().toString();
        var connection = Settings.get("RELAY_CONNECTION");
        var number = command.at("/invoice/number").asText();

        // The relay reads only the folder of the connection. The invoice's number keeps papers of one name apart.
        var key = "incoming/" + connection + "/" + number + "/" + name;
        try (var s3 = S3Client.create(); var sqs = SqsClient.create()) {
            s3.putObject(
                    request -> request.bucket(Settings.get("RELAY_DOCUMENTS_BUCKET")).key(key),
                    RequestBody.fromFile(paper));

            command.put("connection", connection);
            command.putObject("document").put("name", name).put("key", key);
            var body = json.writeValueAsString(command);

            // Without a reply, send it again: the relay recognises the invoice. With the connection as the message's
            // group, no connection waits for another's backlog.
            var sent = sqs.sendMessage(request -> request
                    .queueUrl(Settings.get("RELAY_INVOICES_QUEUE_URL"))
                    .messageBody(body)
                    .messageGroupId(connection));
            System.out.println(number + " sent as the message " + sent.messageId());
        }
    }
}
