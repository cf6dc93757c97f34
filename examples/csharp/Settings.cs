namespace Erp;

/// <summary>Where the relay is: environment variables. The AWS SDK reads its own.</summary>
static class Settings
{
    public static string Get(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"set {name}");
}
