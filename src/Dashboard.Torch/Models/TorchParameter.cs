namespace Dashboard.Torch;

/// <summary>A parameter, or a floating-point buffer, and its place in the flat vector.</summary>
/// <param name="Name">Its name in the module, as <c>named_parameters</c> gives it.</param>
/// <param name="Aliases">Further names under which the module shares it.</param>
/// <param name="Shape">Sizes of its dimensions; empty for a single number.</param>
/// <param name="Offset">Index of its first element in the flat vector.</param>
/// <param name="Count">Number of its elements.</param>
public sealed record TorchParameter(string Name, IReadOnlyList<string> Aliases, IReadOnlyList<long> Shape, int Offset, int Count);
