namespace Dashboard.Analysis;

/// <summary>A layer, or a module's dead units, with its features in the order of its vocabulary.</summary>
/// <param name="Tag">Tag that a finding is filed under.</param>
/// <param name="Name">The layer's name.</param>
/// <param name="Values">Features.</param>
internal sealed record LayerSignal(string Tag, string Name, double[] Values);
