using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/projections/describe</c>: what a projection of these vectors would have before it.</summary>
public sealed record DescribeRequest
{
    /// <summary>Project whose runs are named.</summary>
    public string? Project { get; init; }
    /// <summary>A <see cref="ProjectionSpec"/>; the method and its settings may be absent.</summary>
    public JsonElement? Spec { get; init; }
}
