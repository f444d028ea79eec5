using System.Text.Json;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads and writes whom a project's findings are told to.</summary>
internal sealed class AlertSettings(ISettingsStore store)
{
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The rules of a project and their revision; none at revision 0 where nobody set any.</summary>
    public async Task<(AlertRules Rules, long Revision)> ReadAsync(string project, CancellationToken cancellation) =>
        await store.FindAsync(project, AlertRules.Setting, cancellation) is { } setting ? (Of(setting), setting.Revision) : (AlertRules.None, 0);

    /// <summary>The rules of every project that tells anybody, by project.</summary>
    public async Task<IReadOnlyDictionary<string, AlertRules>> ReadAllAsync(CancellationToken cancellation) =>
        (await store.ListNamedAsync(AlertRules.Setting, cancellation)).Select(setting => (setting.Project, Rules: Of(setting)))
            .Where(one => one.Rules.Any).ToDictionary(one => one.Project, one => one.Rules, StringComparer.Ordinal);

    /// <summary>Replaces them; null where there is no such project.</summary>
    /// <exception cref="SettingChangedException">They are no longer at <paramref name="revision"/>.</exception>
    public async Task<long?> WriteAsync(string project, AlertRules rules, long revision, CancellationToken cancellation) =>
        (await store.WriteAsync(project, AlertRules.Setting, JsonSerializer.Serialize(rules, Stored), revision, cancellation))?.Revision;

    private static AlertRules Of(SettingInfo setting) => JsonSerializer.Deserialize<AlertRules>(setting.BodyJson, Stored) ?? AlertRules.None;
}
