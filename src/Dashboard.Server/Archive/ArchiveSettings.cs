using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Settings of projects on their way out of a server and in.</summary>
internal static class ArchiveSettings
{
    // The address of a webhook is a secret too: with most services, whoever knows it may post. And an archive must not make a server call addresses.
    private static readonly string[] Secrets = ["webhook_url", "webhook_secret"];

    /// <summary>A setting as anybody may read it.</summary>
    public static string WithoutSecrets(string name, string bodyJson)
    {
        if (name != AlertRules.Setting || JsonNode.Parse(bodyJson) is not JsonObject body)
            return bodyJson;
        foreach (var secret in Secrets)
            body.Remove(secret);
        return body.ToJsonString();
    }

    /// <summary>What is wrong with a setting that comes in, or null. Those of other names are kept as they are: whoever reads them checks them.</summary>
    public static string? Fault(string name, string bodyJson)
    {
        try
        {
            _ = name switch
            {
                AlertRules.Setting => (object?)JsonSerializer.Deserialize<AlertRules>(bodyJson, ArchiveRows.Snake),
                "retention" => JsonSerializer.Deserialize(bodyJson, ContractsJson.Default.RetentionRules),
                RuleBook.Setting => RuleSet.Default.With(bodyJson),
                _ => null,
            };
            return null;
        }
        catch (Exception fault) when (fault is JsonException or RuleException)
        {
            return fault.Message;
        }
    }
}
