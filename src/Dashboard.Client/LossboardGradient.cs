namespace Dashboard.Client;

/// <summary>The gradient of one parameter of a model.</summary>
/// <param name="Name">What the parameter is called, the same at each step.</param>
/// <param name="Gradient">All its numbers, in any order that stays.</param>
/// <param name="Weights">The parameter's own numbers, as many; empty where its updates are not wanted.</param>
public readonly record struct LossboardGradient(string Name, ReadOnlyMemory<float> Gradient, ReadOnlyMemory<float> Weights = default);
