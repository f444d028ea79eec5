namespace Dashboard.Faults.Tests;

/// <summary>Makes the batches of one training job from a seed: several tags, JSON and binary, now and then a record, a step again, or a restart at earlier steps.</summary>
internal sealed class BatchSource(int seed, string project, string run, string job)
{
    private const int Tags = 3;
    private const int MaxPoints = 120;
    private const double Start = 1_790_000_000;
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue];

    private readonly Random _random = new(seed);
    private readonly long[] _steps = new long[Tags];
    private long _number;

    public Batch Next()
    {
        var number = ++_number;
        var batch = new Batch(project, run, $"{job}-{number}") { Binary = _random.Next(2) == 0 };
        for (var tag = 0; tag < Tags; tag++)
        {
            if (tag > 0 && _random.Next(3) == 0)
                continue;
            batch.Scalars.Add(($"{job}/tag-{tag}", Points(ref _steps[tag], number)));
        }
        if (batch.Binary || _random.Next(4) != 0)
            return batch;
        batch.Notes.Add(new Note($"{job}/notes", number, $"Batch {number} of {job}: <b>é\u4e2d\U0001F600</b>"));
        batch.Histograms.Add(new Histogram($"{job}/weights", number, [-1, 0, _random.NextDouble(), 2], [number, _random.Next(1000), 3]));
        return batch;
    }

    private Point[] Points(ref long step, long number)
    {
        var points = new Point[_random.Next(8) == 0 ? 1 : _random.Next(1, MaxPoints)];
        // Mostly the next step; the last one again replaces its value; an earlier one is a job that went back to a checkpoint.
        var first = _random.Next(20) switch
        {
            0 => step,
            1 => Math.Max(0, step - _random.Next(2, 200)),
            _ => step + 1,
        };
        for (var i = 0; i < points.Length; i++)
        {
            var value = _random.Next(50) == 0 ? Odd[_random.Next(Odd.Length)] : _random.NextDouble() * Math.Pow(10, _random.Next(-8, 8));
            points[i] = new Point(first + i, Start + number + i / 1000.0, value);
        }
        step = points[^1].Step;
        return points;
    }
}
