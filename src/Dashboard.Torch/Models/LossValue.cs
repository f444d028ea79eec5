namespace Dashboard.Torch;

/// <summary>Loss at one point.</summary>
/// <param name="Loss">Regularisers included; NaN and infinities as they come out.</param>
/// <param name="Accuracy">Share of targets met, 0 to 1; null where the targets are no classes.</param>
public readonly record struct LossValue(double Loss, double? Accuracy);
