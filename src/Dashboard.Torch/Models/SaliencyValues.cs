namespace Dashboard.Torch;

/// <summary>What goes with the maps of a saliency.</summary>
/// <param name="Predicted">The largest output of each sample.</param>
/// <param name="Scores">Value of the output that was differentiated.</param>
/// <param name="Outputs">How many outputs the model has.</param>
public sealed record SaliencyValues(long[] Predicted, double[] Scores, int Outputs);
