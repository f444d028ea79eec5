namespace Dashboard.Contracts;

/// <summary>Answer of <c>GET /api/v1/jobs/{id}/parts?after=</c>.</summary>
/// <param name="Items">Parts in the order in which they were stored.</param>
/// <param name="Next">Pass it as <c>after</c> for what came since.</param>
public sealed record JobPartsView(IReadOnlyList<JobPart> Items, long Next);
