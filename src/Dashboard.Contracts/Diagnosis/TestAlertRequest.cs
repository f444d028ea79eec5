namespace Dashboard.Contracts;

/// <summary>Body of <c>POST /api/v1/diagnosis/alerts/test</c>: sends a message that says it is a test, at once and once.</summary>
public sealed record TestAlertRequest
{
    /// <summary>The project whose stored settings are used.</summary>
    public string? Project { get; init; }
    /// <summary><c>webhook</c> or <c>email</c>.</summary>
    public string? Channel { get; init; }
}
