namespace Dashboard.Torch;

/// <summary>How a landscape was computed; its numbers are in the tiles.</summary>
/// <param name="Center">The loss at a = b = 0.</param>
/// <param name="Tiles">Tiles computed by this call.</param>
/// <param name="BatchSize">Samples that went through the module at once in the end: less than asked for where memory did not suffice.</param>
/// <param name="Workers">Threads used.</param>
/// <param name="Elapsed">Time taken.</param>
public sealed record LandscapeResult(LossValue Center, int Tiles, int BatchSize, int Workers, TimeSpan Elapsed)
{
    /// <summary>Whether the model's first layer came from three products that served every point.</summary>
    public bool Factored { get; init; }
}
