using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Retention rules as settings of projects.</summary>
internal sealed class RetentionSettings(ISettingsStore settings)
{
    private const string Name = "retention";

    /// <summary>Rules of a project; none and revision 0 where nobody saved any.</summary>
    public async Task<RetentionView> ReadAsync(string project, CancellationToken cancellation) =>
        await settings.FindAsync(project, Name, cancellation) is { } found ? Of(found) : new RetentionView(new RetentionRules(), 0);

    /// <summary>Projects whose rules are to be applied.</summary>
    public async Task<IReadOnlyList<(string Project, RetentionRules Rules)>> EnabledAsync(CancellationToken cancellation) =>
        [.. (await settings.ListNamedAsync(Name, cancellation)).Select(one => (one.Project, Of(one).Rules)).Where(one => one.Rules.Enabled)];

    /// <summary>Saves rules whole.</summary>
    /// <exception cref="ApiProblemException">404 for no such project.</exception>
    /// <exception cref="SettingChangedException">Somebody else changed them.</exception>
    public async Task<RetentionView> WriteAsync(string project, RetentionRules rules, long revision) => Of(
        await settings.WriteAsync(project, Name, JsonSerializer.Serialize(rules, ContractsJson.Default.RetentionRules), revision, CancellationToken.None)
            ?? throw ApiProblems.ProjectNotFound());

    private static RetentionView Of(SettingInfo setting) =>
        new(JsonSerializer.Deserialize(setting.BodyJson, ContractsJson.Default.RetentionRules) ?? new RetentionRules(), setting.Revision);
}
