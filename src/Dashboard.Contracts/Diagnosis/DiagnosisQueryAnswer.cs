namespace Dashboard.Contracts;

/// <summary>What many runs say.</summary>
/// <param name="Seq">The commit to subscribe after.</param>
/// <param name="Runs">The runs that were read, in the order asked for.</param>
/// <param name="Pending">Runs that there was no time to read; ask for them again.</param>
public sealed record DiagnosisQueryAnswer(long Seq, IReadOnlyList<RunDiagnosisView> Runs, IReadOnlyList<string> Pending);
