namespace Dashboard.Contracts;

/// <summary>One series of a run; the numbers are absent for types that are not scalars.</summary>
/// <param name="Tag">Its name.</param>
/// <param name="Type"><c>scalar</c>, <c>histogram</c>, <c>embedding</c>, <c>text</c>, <c>predictions</c>, <c>labels</c> or <c>phase</c>.</param>
/// <param name="Count">Points or records stored.</param>
/// <param name="FirstStep">Smallest step.</param>
/// <param name="LastStep">Largest step.</param>
/// <param name="Min">Smallest finite value, NaN where there is none.</param>
/// <param name="Max">Largest finite value, NaN where there is none.</param>
/// <param name="Last">Value logged last.</param>
public sealed record SeriesView(string Tag, string Type, long Count, long FirstStep, long LastStep, double? Min, double? Max, double? Last);
