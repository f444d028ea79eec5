using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/jobs</c>.</summary>
public sealed record PostJobRequest
{
    /// <summary>One of <see cref="JobKinds"/>.</summary>
    public string? Kind { get; init; }
    /// <summary>Project whose runs the job reads.</summary>
    public string? Project { get; init; }
    /// <summary>What a person calls it; null for a name made from the kind.</summary>
    public string? Name { get; init; }
    /// <summary>What to compute; its shape depends on the kind.</summary>
    public JsonElement? Spec { get; init; }
}
