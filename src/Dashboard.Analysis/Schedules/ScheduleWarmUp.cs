namespace Dashboard.Analysis;

/// <summary>The rise in front of a schedule.</summary>
/// <param name="Shape">linear, cosine, exponential, or constant: a lower rate that is held, then one jump.</param>
/// <param name="From">Rate at its start.</param>
/// <param name="To">Rate at its end.</param>
/// <param name="Start">Step of its start.</param>
/// <param name="End">Step at which the full rate is reached.</param>
public sealed record ScheduleWarmUp(string Shape, double From, double To, double Start, double End)
{
    /// <summary>Shapes that are known.</summary>
    public static IReadOnlyList<string> Shapes { get; } = ["linear", "cosine", "exponential", "constant"];

    /// <summary>Rate at a step before <see cref="End"/>.</summary>
    public double At(double step)
    {
        var along = End > Start ? Math.Clamp((step - Start) / (End - Start), 0, 1) : 1;
        return Shape switch
        {
            "cosine" => From + (To - From) * (1 - Math.Cos(Math.PI * along)) / 2,
            "exponential" => From * Math.Pow(To / From, along),
            "constant" => along < 1 ? From : To,
            _ => From + (To - From) * along,
        };
    }
}
