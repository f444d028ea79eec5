using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Lists what can be projected.</summary>
internal sealed class SourceListing(ISourceStore store, IRunStore runs, ApiLimits limits)
{
    private const string Config = "projector_config.pbtxt";

    /// <summary>Everything of a project, the newest runs first.</summary>
    /// <exception cref="ApiProblemException">404 for no such project.</exception>
    public async Task<ProjectionSources> ListAsync(string project, CancellationToken cancellation)
    {
        var stored = await store.ListAsync(project, limits.MaxProjectionSources, cancellation);
        if (stored.Count == 0 && (await runs.ListProjectsAsync(cancellation)).All(one => one.Name != project))
            throw ApiProblems.ProjectNotFound();
        // What lies in a projector's folder is reached through its configuration.
        var folders = stored.Where(one => one.Name.EndsWith(Config, StringComparison.Ordinal)).Select(one => (one.RunId, Folder: one.Name[..^Config.Length])).ToList();
        var items = stored.Where(one => one.Name.EndsWith(Config, StringComparison.Ordinal) || one.Record is not null
            || !folders.Exists(folder => folder.RunId == one.RunId && one.Name.StartsWith(folder.Folder, StringComparison.Ordinal)));
        var truncated = stored.Count(one => one.Record is null) >= limits.MaxProjectionSources || stored.Count(one => one.Record is not null) >= limits.MaxProjectionSources;
        return new ProjectionSources(items.Select(View).ToList(), truncated);
    }

    private static ProjectionSource View(StoredSource one) => new()
    {
        Kind = Kind(one),
        RunId = one.RunId,
        Run = one.Run,
        Name = one.Name,
        Steps = one.Steps,
        Step = one.Step,
        Size = one.Size,
    };

    private static string Kind(StoredSource one) => one switch
    {
        { Record: RecordKind.Embedding } => "embedding",
        { Record: RecordKind.Predictions } => "predictions",
        { Type: "checkpoint" or "model" or "projection" } => one.Type,
        _ when one.Name.EndsWith(Config, StringComparison.Ordinal) => "projector",
        _ when one.Name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) => "table",
        _ => "tensors",
    };
}
