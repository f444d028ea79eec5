namespace Dashboard.Contracts;

/// <summary>A tensor that can be projected.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions.</param>
public sealed record TensorChoice(string Name, IReadOnlyList<long> Shape);
