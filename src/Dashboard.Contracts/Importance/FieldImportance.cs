namespace Dashboard.Contracts;

/// <summary>What one setting has to do with the metric.</summary>
/// <param name="Path">Its path as the query language writes it.</param>
/// <param name="Name">Its path without <c>config.</c>.</param>
/// <param name="Importance">
/// By how much the forest's mean squared error on unseen runs grows when the setting's values are shuffled among them, over the metric's variance. Around 0, negative too, is none.
/// Settings that tell the same share theirs.
/// </param>
/// <param name="Correlation">Spearman's rank correlation with the metric over the runs that have the setting; null for texts, and where it is undefined.</param>
/// <param name="Runs">Runs that have the setting.</param>
/// <param name="Distinct">Different values among them.</param>
public sealed record FieldImportance(string Path, string Name, double Importance, double? Correlation, int Runs, int Distinct);
