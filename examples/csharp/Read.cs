using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Erp;

/// <summary>Reads the inbox until it is empty, and answers what the recipients ask.</summary>
sealed class Read(string answers, Journal journal)
{
    private const string ActionNeeded = "chorus-relay.invoice.action-needed.v1";
    private static readonly string[] Parts = ["id", "subject", "type", "data"];

    private readonly AmazonSQSClient sqs = new();
    private readonly SortedSet<string> changed = new(StringComparer.Ordinal);
    private bool failed;

    /// <returns>Whether all could be processed.</returns>
    public async Task<bool> RunAsync()
    {
        var inbox = Settings.Get("RELAY_ERP_INBOX_QUEUE_URL");
        while (await ReceiveAsync(inbox) is { Count: > 0 } messages)
        {
            var read = messages.Select(message => (Message: message, Event: EventIn(message))).ToList();
            await ProcessAsync(read.Select(one => one.Event).OfType<JsonObject>());
            // Only now: what is not processed comes again.
            var entries = read.Where(one => one.Event is not null && journal.Has(one.Event))
                .Select((one, i) => new DeleteMessageBatchRequestEntry($"{i}", one.Message.ReceiptHandle))
                .ToList();
            if (entries.Count > 0) await sqs.DeleteMessageBatchAsync(inbox, entries);
        }
        Print();
        return !failed;
    }

    private async Task<List<Message>> ReceiveAsync(string inbox)
    {
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = inbox,
            MaxNumberOfMessages = 10,
            // With any wait, SQS asks all of its servers.
            WaitTimeSeconds = 2,
        });
        // Null rather than empty, since version 4 of the SDK.
        return received.Messages ?? [];
    }

    /// <returns>Null if it is not an event: it stays in the queue, until SQS moves it to the dead letters.</returns>
    private static JsonObject? EventIn(Message message)
    {
        try
        {
            if (JsonNode.Parse(message.Body) is JsonObject read && Parts.All(read.ContainsKey) && read["data"] is JsonObject)
                return read;
        }
        catch (JsonException)
        {
            // As one that is not an event.
        }
        Console.Error.WriteLine($"not an event: message {message.MessageId}");
        return null;
    }

    /// <summary>One after the other: what goes wrong with one stops no other.</summary>
    private async Task ProcessAsync(IEnumerable<JsonObject> events)
    {
        var fresh = events.Where(journal.Place).ToList();
        foreach (var cloudEvent in fresh)
        {
            var subject = Journal.Text(cloudEvent, "subject");
            try
            {
                // An older event that comes late asks for nothing any more.
                var isAsked = Journal.Text(cloudEvent, "type") == ActionNeeded;
                if (isAsked && journal.IsNewest(cloudEvent)) await AnswerAsync(cloudEvent);
                // If this program is killed before, the event comes again, and is answered again. A second answer does
                // no harm: the relay refuses it if the first has taken effect.
                await journal.SaveAsync(cloudEvent);
                changed.Add(subject);
            }
            catch (Exception error)
            {
                journal.Forget(cloudEvent);
                failed = true;
                Console.Error.WriteLine($"{subject} could not be processed: {error.Message}");
            }
        }
    }

    /// <summary>
    /// Sends the command that the event names. What it says is in a file; without one, a person has to decide.
    /// </summary>
    private async Task AnswerAsync(JsonObject cloudEvent)
    {
        var subject = Journal.Text(cloudEvent, "subject");
        var data = cloudEvent["data"]!.AsObject();
        // Absent if no command helps: what is to be done is in the message, for a person.
        var type = data["status"]?["answer"]?.GetValue<string>();
        var template = Path.Combine(answers, $"{type}.json");
        if (type is null || !File.Exists(template))
        {
            var wanted = type is null ? "" : $" ({type})";
            Console.WriteLine($"{subject} waits for a person{wanted}: {Journal.Text(data["message"]!.AsObject(), "fr")}");
            return;
        }
        var command = JsonNode.Parse(await File.ReadAllTextAsync(template))!.AsObject();
        command["connection"] = Journal.Text(data, "connection");
        command["supplier"] = new JsonObject { ["siret"] = Journal.Text(data, "supplier") };
        command["invoice"] = new JsonObject
        {
            ["number"] = Journal.Text(data, "number"),
            ["issueDate"] = Journal.Text(data, "issueDate"),
        };
        await sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = Settings.Get("RELAY_INVOICES_QUEUE_URL"),
            MessageBody = command.ToJsonString(),
            MessageGroupId = Journal.Text(data, "connection"),
        });
        Console.WriteLine($"{subject} answered with {type}");
    }

    private void Print()
    {
        foreach (var subject in changed)
        {
            Console.WriteLine(subject);
            foreach (var cloudEvent in journal.History(subject))
            {
                var message = Journal.Text(cloudEvent["data"]!["message"]!.AsObject(), "fr");
                Console.WriteLine($"  {Journal.SequenceOf(cloudEvent)} {Journal.Text(cloudEvent, "type")}: {message}");
            }
        }
    }
}
