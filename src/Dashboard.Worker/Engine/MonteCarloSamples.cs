using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Samples as they come in, in blocks of one length that follows from their number: a job that is taken up again has the same blocks. Used from several threads.</summary>
internal sealed class MonteCarloSamples
{
    // So many parts go over the wire and are drawn, however many samples there are.
    private const int Blocks = 50;

    private readonly Lock _gate = new();
    private readonly bool[] _there;

    public MonteCarloSamples(int count)
    {
        Length = BlockLength(count);
        (Loss, Accuracy, Distance) = (new double[count], new double[count], new double[count]);
        Coordinates = new double[2 * count];
        _there = new bool[(count + Length - 1) / Length];
    }

    /// <summary>Samples of a block.</summary>
    public int Length { get; }

    public double[] Loss { get; }

    /// <summary>NaN where the targets are no classes.</summary>
    public double[] Accuracy { get; }

    public double[] Distance { get; }

    /// <summary>Pairs.</summary>
    public double[] Coordinates { get; }

    /// <summary>Samples that are there.</summary>
    public int Done { get; private set; }

    /// <summary>Samples that were there from an earlier lease.</summary>
    public int Before { get; private set; }

    /// <summary>Samples of a block.</summary>
    public static int BlockLength(int count) => Math.Max(1, count / Blocks);

    /// <summary>Blocks that are still to be computed.</summary>
    public IReadOnlyList<int> Missing => [.. Enumerable.Range(0, _there.Length).Where(block => !_there[block])];

    /// <summary>First sample of a block, and how many it has.</summary>
    public (int First, int Count) Block(int block) => (block * Length, Math.Min(Length, Loss.Length - block * Length));

    /// <summary>Takes what an earlier lease has stored.</summary>
    public void Add(MonteCarloPart part)
    {
        var block = part.First / Length;
        for (var i = 0; i < part.Loss.Count; i++)
        {
            var at = part.First + i;
            (Loss[at], Accuracy[at], Distance[at]) = (part.Loss[i], part.Accuracy?[i] ?? double.NaN, part.Distance[i]);
            if (part.Coordinates is { } coordinates) (Coordinates[2 * at], Coordinates[2 * at + 1]) = (coordinates[i][0], coordinates[i][1]);
        }
        Finish(block);
        Before = Done;
    }

    /// <summary>A block is computed.</summary>
    /// <returns>Its part.</returns>
    public MonteCarloPart Part(int block, bool accuracy, bool coordinates)
    {
        var (first, count) = Block(block);
        Finish(block);
        return new MonteCarloPart
        {
            First = first,
            Loss = Loss[first..(first + count)],
            Accuracy = accuracy ? Accuracy[first..(first + count)] : null,
            Distance = Distance[first..(first + count)],
            Coordinates = coordinates ? [.. Coordinates[(2 * first)..(2 * (first + count))].Chunk(2)] : null,
        };
    }

    private void Finish(int block)
    {
        lock (_gate)
        {
            if (_there[block]) return;
            _there[block] = true;
            Done += Block(block).Count;
        }
    }
}
