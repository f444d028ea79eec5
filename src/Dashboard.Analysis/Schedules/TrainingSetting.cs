namespace Dashboard.Analysis;

/// <summary>A value of a run's configuration.</summary>
/// <param name="Path">Keys from the outermost, joined by dots.</param>
/// <param name="Number">Its number, or null.</param>
/// <param name="Text">Its text, or null.</param>
/// <param name="List">Its numbers, where it is a list of them, or null.</param>
public sealed record TrainingSetting(string Path, double? Number, string? Text = null, IReadOnlyList<double>? List = null);
