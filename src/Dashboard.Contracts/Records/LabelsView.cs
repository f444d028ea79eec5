namespace Dashboard.Contracts;

/// <summary>Label counts by split and class, as logged last.</summary>
public sealed record LabelsView(IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Splits);
