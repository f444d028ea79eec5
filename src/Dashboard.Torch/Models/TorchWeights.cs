namespace Dashboard.Torch;

/// <summary>Where a model stands: its parameters and its floating-point buffers, each as one flat vector in the model's order.</summary>
/// <param name="Parameters">As long as the model's parameter count.</param>
/// <param name="Buffers">As long as the model's buffer count; BatchNorm's statistics are here.</param>
public sealed record TorchWeights(double[] Parameters, double[] Buffers);
