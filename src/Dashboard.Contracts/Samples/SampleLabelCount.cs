namespace Dashboard.Contracts;

/// <summary>Samples of one label.</summary>
/// <param name="Label">The class, from 0; null for the labels that are put together, or where samples have targets.</param>
/// <param name="Name">What it is called, or null.</param>
/// <param name="Count">Samples.</param>
public sealed record SampleLabelCount(int? Label, string? Name, int Count);
