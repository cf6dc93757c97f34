using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Erp;

/// <summary>Uploads a paper and sends an invoice with it.</summary>
static class Send
{
    public static async Task RunAsync(string commandFile, string paper)
    {
        var command = JsonNode.Parse(await File.ReadAllTextAsync(commandFile))!.AsObject();
        var connection = Settings.Get("RELAY_CONNECTION");
        var number = command["invoice"]!["number"]!.GetValue<string>();
        var name = Path.GetFileName(paper);

        // The relay reads only the folder of the connection. The invoice's number keeps papers of one name apart.
        var key = $"incoming/{connection}/{number}/{name}";
        using var s3 = new AmazonS3Client();
        await s3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Settings.Get("RELAY_DOCUMENTS_BUCKET"),
            Key = key,
            FilePath = paper,
        });

        command["connection"] = connection;
        command["document"] = new JsonObject { ["name"] = name, ["key"] = key };

        // Without a reply, send it again: the relay recognises the invoice. With the connection as the message's group,
        // no connection waits for another's backlog.
        using var sqs = new AmazonSQSClient();
        var sent = await sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = Settings.Get("RELAY_INVOICES_QUEUE_URL"),
            MessageBody = command.ToJsonString(),
            MessageGroupId = connection,
        });
        Console.WriteLine($"{number} sent as the message {sent.MessageId}");
    }
}
