namespace Dashboard.Tensors;

/// <summary>Where a tensor is in a file.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes of its dimensions.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="Length">Bytes.</param>
public sealed record TensorEntry(TensorType Type, IReadOnlyList<long> Shape, long Offset, long Length);
