using System.Collections.Concurrent;
using Dashboard.Analysis;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>The rules of each project: the default ones with what the project changes of them.</summary>
internal sealed class RuleBook(ISettingsStore store)
{
    /// <summary>Name of the setting.</summary>
    public const string Setting = "diagnosis";

    // A set of rules takes some hundred kilobytes; of more projects the sets are read again.
    private const int MostKept = 100;

    private static readonly ProjectRules Default = new(RuleSet.Default, 0, null);

    private readonly ConcurrentDictionary<string, ProjectRules> _known = new(StringComparer.Ordinal);

    /// <summary>The rules of a project. Changes that cannot be read, because rules changed with the version of the server, leave the default ones in force, with the reason.</summary>
    public async Task<ProjectRules> ReadAsync(string project, CancellationToken cancellation)
    {
        if (await store.FindAsync(project, Setting, cancellation) is not { } setting)
            return Default;
        if (_known.TryGetValue(project, out var known) && known.Revision == setting.Revision)
            return known;
        if (_known.Count >= MostKept)
            _known.Clear();
        // Two that read at once must have one set: what was read by the other would count as another.
        return _known.AddOrUpdate(project, _ => Of(setting), (_, other) => other.Revision >= setting.Revision ? other : Of(setting));
    }

    /// <summary>What a project changes, as it is stored, with its revision.</summary>
    public async Task<(string Json, long Revision)> OverlayAsync(string project, CancellationToken cancellation) =>
        await store.FindAsync(project, Setting, cancellation) is { } setting ? (setting.BodyJson, setting.Revision) : ("""{"rules":[]}""", 0);

    /// <summary>Replaces what a project changes; false where there is no such project.</summary>
    /// <exception cref="SettingChangedException">It is no longer at <paramref name="revision"/>.</exception>
    public async Task<bool> WriteAsync(string project, string json, long revision) => await store.WriteAsync(project, Setting, json, revision, CancellationToken.None) is not null;

    private static ProjectRules Of(SettingInfo setting)
    {
        try
        {
            return new ProjectRules(RuleSet.Default.With(setting.BodyJson), setting.Revision, null);
        }
        catch (RuleException fault)
        {
            return new ProjectRules(RuleSet.Default, setting.Revision, fault.Message);
        }
    }
}
