using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Runs and projects as they are on the wire.</summary>
internal static class RunViews
{
    public static RunView Of(RunInfo run)
    {
        using var config = JsonDocument.Parse(run.ConfigJson);
        return new RunView
        {
            Id = run.Id,
            Project = run.Project,
            Name = run.Name,
            Group = run.Group,
            Parent = run.Parent,
            Status = Name(run.Status),
            Config = config.RootElement.Clone(),
            Tags = run.Tags,
            Notes = run.Notes,
            Created = run.Created,
            Updated = run.Updated,
            Trashed = run.Trashed,
            Archived = run.Archived,
            Color = run.Color,
            Summary = run.Summary.ToDictionary(entry => entry.Key, entry => new SummaryView(entry.Value.Last, entry.Value.Min, entry.Value.Max, entry.Value.Step)),
            SummaryTruncated = run.SummaryTruncated,
        };
    }

    /// <summary>A run of which some tags alone are seen.</summary>
    public static RunView OfTags(RunView run, IReadOnlySet<string> tags) => run with { Summary = run.Summary.Where(entry => tags.Contains(entry.Key)).ToDictionary() };

    public static ProjectView Of(ProjectInfo project) => new(project.Name, project.Created, project.Updated, project.Runs, project.Running);

    public static string Name(RunStatus status) => status switch
    {
        RunStatus.Running => "running",
        RunStatus.Finished => "finished",
        _ => "failed",
    };

    public static RunStatus? Status(string name) => name switch
    {
        "running" => RunStatus.Running,
        "finished" => RunStatus.Finished,
        "failed" => RunStatus.Failed,
        _ => null,
    };
}
