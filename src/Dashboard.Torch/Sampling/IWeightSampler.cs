namespace Dashboard.Torch;

/// <summary>Draws weights. A sample depends on its number and the seed alone, so that samples can be drawn again, in any order and on any thread.</summary>
public interface IWeightSampler
{
    /// <summary>Where it is centred.</summary>
    double[] Center { get; }

    /// <summary>Draws a sample.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="weights">As long as the centre.</param>
    void Draw(int number, Span<double> weights);
}
