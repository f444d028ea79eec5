namespace Dashboard.Tensors;

/// <summary>How far a tensor is from the one of its name in another file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type in the second file.</param>
/// <param name="Shape">Its shape, the same in both.</param>
/// <param name="Norm">‖a‖₂ of the first.</param>
/// <param name="OtherNorm">‖b‖₂ of the second.</param>
/// <param name="Distance">‖b − a‖₂.</param>
/// <param name="Cosine">a·b / (‖a‖‖b‖); NaN where one of them is zero.</param>
/// <param name="Largest">max |b − a|.</param>
/// <param name="NonFinite">Elements that are not finite in one of them; they are left out of everything else.</param>
public sealed record TensorDifference(
    string Name, TensorType Type, IReadOnlyList<long> Shape, double Norm, double OtherNorm, double Distance, double Cosine, double Largest, long NonFinite)
{
    /// <summary>‖b − a‖ / ‖a‖: NaN where nothing changed of nothing, infinity where the first is zero.</summary>
    public double Relative => Distance / Norm;

    /// <summary>True where the elements are floating point: weights, and no counters.</summary>
    public bool IsWeights => Type is TensorType.Float32 or TensorType.Float64 or TensorType.Float16 or TensorType.BFloat16;
}
