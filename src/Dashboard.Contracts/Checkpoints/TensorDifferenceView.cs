namespace Dashboard.Contracts;

/// <summary>How far a tensor moved from one checkpoint to another.</summary>
/// <param name="Name">Its name; empty for all weights together.</param>
/// <param name="Type">Element type; empty for all weights together.</param>
/// <param name="Shape">Its shape; empty for all weights together.</param>
/// <param name="Count">Elements.</param>
/// <param name="Norm">‖a‖₂ before.</param>
/// <param name="Distance">‖b − a‖₂.</param>
/// <param name="Relative">‖b − a‖ / ‖a‖; NaN where both are zero.</param>
/// <param name="Cosine">Cosine of the angle between both; NaN where one is zero.</param>
/// <param name="Largest">max |b − a|.</param>
/// <param name="NonFinite">Elements that are not finite in one of them, which are left out of everything else.</param>
public sealed record TensorDifferenceView(
    string Name, string Type, IReadOnlyList<long> Shape, long Count, double Norm, double Distance, double Relative, double Cosine, double Largest, long NonFinite);
