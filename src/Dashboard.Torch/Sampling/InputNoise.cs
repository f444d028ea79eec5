namespace Dashboard.Torch;

/// <summary>Noise for copies of inputs.</summary>
public static class InputNoise
{
    /// <summary>Standard normal numbers; one seed and number of a copy give the same ones on every machine.</summary>
    public static double[] Draw(int count, ulong seed, int copy)
    {
        var noise = new double[count];
        new SeededNormal(seed, copy).Fill(noise);
        return noise;
    }
}
