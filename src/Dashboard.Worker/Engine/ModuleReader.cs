using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>Reads one module after the other: numbers of all samples, and maps of some.</summary>
internal sealed class ModuleReader(EngineContext context, ITorchModel model, ITorchBatch batch, IReadOnlyList<int> samples, BatchSize size, int mostMapNumbers)
{
    // 256 MiB of a module's numbers in memory; of a larger one fewer samples are taken, and that is told.
    private const long MostNumbers = 64L << 20;

    private const int Bins = 64;
    private const int MostDeadNamed = 1000;

    // Of two dimensions these have channels first; elsewhere the last is what a position has.
    private static readonly string[] ChannelsFirst = ["Conv1d", "ConvTranspose1d", "BatchNorm1d", "InstanceNorm1d", "MaxPool1d", "AvgPool1d", "AdaptiveAvgPool1d", "AdaptiveMaxPool1d"];

    /// <summary>Reads a module.</summary>
    /// <exception cref="TorchInputException">It gives out no tensor with a row a sample.</exception>
    public ModuleActivations Read(string name, string type)
    {
        return size.Fit(current =>
        {
            using var activations = model.OpenActivations(batch, name, current, context.Cancellation);
            return Read(activations, name, type);
        });
    }

    private ModuleActivations Read(ITorchActivations activations, string name, string type)
    {
        var (columns, shape) = (activations.Columns, activations.Shape);
        if (columns > MostNumbers) throw new TorchInputException($"it gives out {columns} numbers for a sample, and {MostNumbers} are the most that are read.");
        var taken = (int)Math.Min(batch.Samples, MostNumbers / columns);
        var values = new float[taken * columns];
        activations.Read(0, values, context.Cancellation);
        var unitDimension = UnitDimension(shape, type);
        var view = Measured(values, columns, shape, unitDimension) with { Name = name };
        if (taken < batch.Samples) context.Output.Note($"{name}: {columns} numbers a sample; the first {taken} of {batch.Samples} samples were taken.");
        return Maps(view, activations, values, taken, shape);
    }

    private static int UnitDimension(IReadOnlyList<long> shape, string type) => shape.Count switch
    {
        0 or 1 => 0,
        2 => ChannelsFirst.Contains(type) ? 0 : 1,
        _ => 0,
    };

    private static ModuleActivations Measured(float[] values, int columns, IReadOnlyList<long> shape, int unitDimension)
    {
        var (sum, low, high, zeros, strange) = (0.0, double.PositiveInfinity, double.NegativeInfinity, 0L, 0L);
        var units = shape.Count == 0 ? 1 : (int)shape[unitDimension];
        var alive = new bool[units];
        // How many neighbouring numbers of a row belong to one unit.
        var stretch = shape.Count == 0 ? 1 : (int)shape.Skip(unitDimension + 1).Aggregate(1L, (product, length) => product * length);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (value == 0) zeros++;
            else alive[i % columns / stretch % units] = true;
            if (!float.IsFinite(value))
            {
                strange++;
                continue;
            }
            sum += value;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        var finite = values.Length - strange;
        var mean = finite > 0 ? sum / finite : double.NaN;
        var dead = Enumerable.Range(0, units).Where(unit => !alive[unit]).ToList();
        return new ModuleActivations
        {
            Name = "",
            Shape = shape,
            Histogram = Histogram(values, low, high),
            Mean = mean,
            StandardDeviation = finite > 0 ? Math.Sqrt(Squares(values, mean) / finite) : double.NaN,
            Zeros = (double)zeros / values.Length,
            NonFinite = strange,
            Units = units,
            DeadShare = (double)dead.Count / units,
            Dead = dead.Count == 0 ? null : dead[..Math.Min(dead.Count, MostDeadNamed)],
        };
    }

    private static double Squares(float[] values, double mean)
    {
        var squares = 0.0;
        foreach (var value in values)
        {
            if (float.IsFinite(value)) squares += (value - mean) * (value - mean);
        }
        return squares;
    }

    private static ValueHistogram Histogram(float[] values, double low, double high)
    {
        if (low > high) return new ValueHistogram([], []);
        // One value alone still needs a bin of some width around it.
        if (low == high) (low, high) = (low - Math.Max(0.5, Math.Abs(low) * 1e-3), high + Math.Max(0.5, Math.Abs(high) * 1e-3));
        var (width, counts) = ((high - low) / Bins, new double[Bins]);
        foreach (var value in values)
        {
            if (float.IsFinite(value)) counts[Math.Clamp((int)((value - low) / width), 0, Bins - 1)]++;
        }
        return new ValueHistogram([.. Enumerable.Range(0, Bins + 1).Select(i => i == Bins ? high : low + i * width)], counts);
    }

    private ModuleActivations Maps(ModuleActivations view, ITorchActivations activations, float[] values, int taken, IReadOnlyList<long> shape)
    {
        var columns = activations.Columns;
        var room = mostMapNumbers / samples.Count;
        var kept = shape;
        string? cut = null;
        if (columns > room)
        {
            // Whole channels, or whole positions: the first of them.
            var each = shape.Count == 0 ? 1 : columns / shape[0];
            if (shape.Count == 0 || each > room) return view with { Cut = $"A map has {columns} numbers, and {room} fit: ask for fewer modules or samples." };
            kept = [room / each, .. shape.Skip(1)];
            cut = $"The first {kept[0]} of {shape[0]} channels: ask for fewer modules or samples to see all.";
        }
        var length = (int)kept.Aggregate(1L, (product, count) => product * count);
        var maps = new float[samples.Count * length];
        var row = new float[columns];
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples[i] < taken) values.AsSpan(samples[i] * columns, length).CopyTo(maps.AsSpan(i * length));
            else
            {
                activations.Read(samples[i], row, context.Cancellation);
                row.AsSpan(0, length).CopyTo(maps.AsSpan(i * length));
            }
        }
        return view with { Maps = NestedArrays.Write(maps, [samples.Count, .. kept]), MapShape = kept, Cut = cut };
    }
}
