using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Erp;

/// <summary>
/// Every event once, and those of one subject in their order. The file has one event a line, as they came.
/// </summary>
sealed class Journal
{
    private static readonly JsonSerializerOptions WithAccents = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string path;
    private readonly HashSet<string> ids = [];
    private readonly Dictionary<string, List<JsonObject>> subjects = [];

    public Journal(string path)
    {
        this.path = path;
        // Fails here, before anything is sent, if it cannot be written.
        File.AppendAllText(path, "");
        foreach (var line in File.ReadLines(path)) Place(JsonNode.Parse(line)!.AsObject());
    }

    /// <returns>Whether the event is new.</returns>
    public bool Place(JsonObject cloudEvent)
    {
        if (!ids.Add(Text(cloudEvent, "id"))) return false;
        var subject = Text(cloudEvent, "subject");
        var history = subjects.GetValueOrDefault(subject, []).Append(cloudEvent);
        subjects[subject] = [.. history.OrderBy(SequenceOf)];
        return true;
    }

    /// <returns>The events of a subject, in their order.</returns>
    public IReadOnlyList<JsonObject> History(string subject) => subjects[subject];

    public bool IsNewest(JsonObject cloudEvent) => subjects[Text(cloudEvent, "subject")][^1] == cloudEvent;

    public bool Has(JsonObject cloudEvent) => ids.Contains(Text(cloudEvent, "id"));

    public Task SaveAsync(JsonObject cloudEvent) =>
        File.AppendAllLinesAsync(path, [cloudEvent.ToJsonString(WithAccents)]);

    /// <summary>It could not be processed: when it comes again, it is new.</summary>
    public void Forget(JsonObject cloudEvent)
    {
        ids.Remove(Text(cloudEvent, "id"));
        subjects[Text(cloudEvent, "subject")].Remove(cloudEvent);
    }

    public static string Text(JsonObject cloudEvent, string name) => cloudEvent[name]!.GetValue<string>();

    /// <returns>0 for a reminder to renew a credential, which has no place in an order.</returns>
    public static int SequenceOf(JsonObject cloudEvent) => cloudEvent["data"]?["sequence"]?.GetValue<int>() ?? 0;
}
