using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/jobs/{id}/finish</c>: exactly one of a result, an error, and giving it back.</summary>
public sealed record JobEnd
{
    /// <summary>Of the lease.</summary>
    public long? Token { get; init; }
    /// <summary>The whole result.</summary>
    public JsonElement? Result { get; init; }
    /// <summary>Why there is none.</summary>
    public string? Error { get; init; }
    /// <summary>As in <see cref="JobView.ErrorCode"/>. <c>engine_died</c> counts as a death: the job is tried again until three are reached.</summary>
    public string? ErrorCode { get; init; }
    /// <summary>The worker stops: the job goes back to the queue, and no death is counted.</summary>
    public bool? GivenBack { get; init; }
    /// <summary>What computed it.</summary>
    public string? Backend { get; init; }
    /// <summary>Last lines for the log.</summary>
    public IReadOnlyList<JobLogLine>? Log { get; init; }
}
