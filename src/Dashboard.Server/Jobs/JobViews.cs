using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Stored jobs as the interface shows them.</summary>
internal static class JobViews
{
    /// <summary>A job, with what is known of it in memory alone.</summary>
    public static JobView Of(JobInfo job, HeldLease? lease)
    {
        using var spec = JsonDocument.Parse(job.SpecJson);
        return new JobView
        {
            Id = job.Id,
            Kind = job.Kind,
            Project = job.Project,
            Name = job.Name,
            Status = Name(job.Status),
            Progress = lease?.Progress ?? job.Progress,
            Message = lease?.Message ?? job.Message,
            Backend = lease?.Backend ?? job.Backend,
            Error = job.Error,
            ErrorCode = job.ErrorCode,
            Created = job.Created,
            Started = job.Started,
            Finished = job.Finished,
            SecondsLeft = lease?.SecondsLeft,
            Worker = job.Worker,
            Deaths = job.Deaths,
            Parts = job.Parts,
            Spec = spec.RootElement.Clone(),
        };
    }

    /// <summary>The wire name of a status.</summary>
    public static string Name(JobStatus status) => JobStatuses.All[(int)status];

    /// <summary>The status of a wire name; null for none of them.</summary>
    public static JobStatus? Status(string name) => JobStatuses.All.ToList().IndexOf(name) is >= 0 and var index ? (JobStatus)index : null;
}
