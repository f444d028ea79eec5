namespace Dashboard.Tensors;

/// <summary>Two files of tensors compared.</summary>
/// <param name="Tensors">Those that both have in one shape.</param>
/// <param name="OnlyFirst">Names that only the first has.</param>
/// <param name="OnlySecond">Names that only the second has.</param>
/// <param name="Reshaped">Names that both have, in different shapes.</param>
public sealed record FileDifference(
    IReadOnlyList<TensorDifference> Tensors, IReadOnlyList<string> OnlyFirst, IReadOnlyList<string> OnlySecond, IReadOnlyList<string> Reshaped);
