namespace Dashboard.Worker;

/// <summary>After which iterations a projection on its way is shown: often at the beginning, where it changes most, and all pictures together within a bound.</summary>
internal sealed class FramePlan
{
    /// <summary>Bytes of all pictures of a job as text.</summary>
    public const long MostBytes = 32L << 20;

    /// <summary>Pictures of a job: a person sees about as many a second change, over the some ten seconds that most take.</summary>
    public const int Most = 40;

    // What a picture has beside its numbers.
    private const int Around = 512;

    private readonly int _count;
    private int _shown;

    public FramePlan(int rows, int dims)
    {
        _count = (int)Math.Min(Most, MostBytes / (BytesOf(rows, dims) + Around));
    }

    /// <summary>Bytes of a picture's numbers as text.</summary>
    public static long BytesOf(int rows, int dims) => (2L * rows * dims + 2) / 3 * 4;

    /// <summary>Whether the picture after this iteration is shown.</summary>
    public bool Wants(int iteration, int iterations) => _shown < _count && iteration >= Due(iterations) && iteration < iterations;

    /// <summary>It was shown.</summary>
    public void Shown(int iteration, int iterations)
    {
        // An iteration that took long may have left several behind.
        while (_shown < _count && Due(iterations) <= iteration) _shown++;
    }

    // Squares: the first tenth of the way has a third of the pictures.
    private double Due(int iterations) => iterations * Math.Pow((_shown + 1.0) / (_count + 1), 2);
}
