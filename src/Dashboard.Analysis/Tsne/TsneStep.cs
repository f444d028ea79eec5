namespace Dashboard.Analysis;

/// <summary>What an iteration multiplies by: attraction, repulsion (1/Z), what is kept of the last step, and the gradient.</summary>
internal readonly record struct TsneStep(float Exaggeration, float Inverse, float Momentum, float Rate);
