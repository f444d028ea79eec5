namespace Dashboard.Storage;

/// <summary>A part of all runs.</summary>
/// <param name="Projects">Names of projects, whose runs all belong to it.</param>
/// <param name="RunIds">Ids of runs that belong to it beside those.</param>
public sealed record RunsWithin(IReadOnlyCollection<string> Projects, IReadOnlyCollection<string> RunIds);
