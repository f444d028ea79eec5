namespace Dashboard.Contracts;

/// <summary>How many samples each sort that does not list all has.</summary>
/// <param name="Forgotten">Samples that were right at one step and wrong at the next.</param>
/// <param name="NeverLearned">Samples that were never right.</param>
/// <param name="Mislabelled">Samples that are likely labelled wrongly.</param>
public sealed record SampleCounts(int Forgotten, int NeverLearned, int Mislabelled);
