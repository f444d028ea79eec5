using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>What a run said when it was read last.</summary>
/// <param name="Findings">The gravest first, the surest of them first.</param>
/// <param name="Curves">For each finding the scalar tags whose curves show it, its own first.</param>
/// <param name="Labels">Label counts by split, for findings about them.</param>
/// <param name="Read">What was read.</param>
/// <param name="Seq">Last commit that it surely holds.</param>
/// <param name="ReadAt">When, seconds since the Unix epoch.</param>
/// <param name="Rules">What it was read by.</param>
internal sealed record RunDiagnosis(
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<IReadOnlyList<string>> Curves,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Labels,
    ReadingView Read,
    long Seq,
    double ReadAt,
    ProjectRules Rules);
