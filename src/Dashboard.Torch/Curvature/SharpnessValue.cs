namespace Dashboard.Torch;

/// <summary>A loss and the higher one found near it.</summary>
/// <param name="Loss">At the point itself.</param>
/// <param name="Highest">The highest found; NaN where the loss is NaN on the way.</param>
public readonly record struct SharpnessValue(double Loss, double Highest)
{
    /// <summary>How far the loss rises.</summary>
    public double Rise => Highest - Loss;

    /// <summary>The rise in per cent of 1 + loss, as Keskar et al. give it.</summary>
    public double RelativePercent => 100 * Rise / (1 + Loss);
}
