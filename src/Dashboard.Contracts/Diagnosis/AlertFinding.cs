namespace Dashboard.Contracts;

/// <summary>A finding as a message tells it.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Tag">What it is about, or null.</param>
/// <param name="FromStep">First step of what it rests on, or null.</param>
/// <param name="ToStep">Last step of what it rests on, or null.</param>
/// <param name="Confidence">How sure it is, from 0 to 1.</param>
/// <param name="Sentence">One plain sentence.</param>
/// <param name="Try">What to try.</param>
public sealed record AlertFinding(
    string Code, string Severity, string? Tag, long? FromStep, long? ToStep, double Confidence, string Sentence, IReadOnlyList<string> Try);
