namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/diagnosis/query</c>: what many runs say.</summary>
public sealed record DiagnosisQuery
{
    /// <summary>The runs; ids of no run are passed over.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
    /// <summary>Whether all findings are wanted; absent or false gives the worst of each run and the counts.</summary>
    public bool? Items { get; init; }
    /// <summary>Seconds that a reading may be old; absent for 60. What has not changed since is never read again.</summary>
    public double? MaxAge { get; init; }
}
