namespace Dashboard.Contracts;

/// <summary>Answer of <c>POST /api/v1/hyperparameters/importance</c>.</summary>
/// <param name="Seq">Commit that the answer is not older than.</param>
/// <param name="Runs">Runs it was computed from: those with a finite metric.</param>
/// <param name="LeftOut">Matching runs left out, because they have no finite metric.</param>
/// <param name="R2">Share of the metric's variance that the forest explains in runs it has not seen (out of bag); at or below 0 it explains nothing. Null where nothing was computed.</param>
/// <param name="Fields">Settings that vary over the runs, the most important first.</param>
/// <param name="FieldsLeftOut">Settings that vary but were left out, because there are too many.</param>
/// <param name="WhyNone">Why nothing was computed, or null.</param>
/// <param name="WhyCode">The same as a stable name: <c>too_few_runs</c>, <c>constant_metric</c> or <c>no_fields</c>.</param>
public sealed record ImportanceAnswer(
    long Seq, int Runs, int LeftOut, double? R2, IReadOnlyList<FieldImportance> Fields, int FieldsLeftOut, string? WhyNone, string? WhyCode);
