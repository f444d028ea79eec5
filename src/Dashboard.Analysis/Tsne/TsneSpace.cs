namespace Dashboard.Analysis;

/// <summary>The points and what moves them, one array a dimension, filled up with zeros to whole vectors.</summary>
internal sealed unsafe class TsneSpace
{
    /// <summary>Points of a block: what one thread does at a time. A multiple of every vector's length.</summary>
    public const int BlockPoints = 256;

    public TsneSpace(int points, int dimensions)
    {
        (Points, Dimensions, Padded) = (points, dimensions, (points + 15) / 16 * 16);
        AlignedArray<float>[] Make() => [.. Enumerable.Range(0, dimensions).Select(_ => new AlignedArray<float>(Padded))];
        (Positions, Attraction, Repulsion, Velocity, Gains) = (Make(), Make(), Make(), Make(), Make());
        foreach (var gains in Gains) gains.Span.Fill(1);
        Packed = new(Padded * PackedStride);
    }

    public int Points { get; }

    public int Dimensions { get; }

    public int Padded { get; }

    public AlignedArray<float>[] Positions { get; }

    /// <summary>Σ P q (y_i − y_j).</summary>
    public AlignedArray<float>[] Attraction { get; }

    /// <summary>Σ q² (y_i − y_j), not yet over Z.</summary>
    public AlignedArray<float>[] Repulsion { get; }

    public AlignedArray<float>[] Velocity { get; }

    public AlignedArray<float>[] Gains { get; }

    /// <summary>The positions once more, a point's two or four (the last is zero) side by side, for who looks them up one by one.</summary>
    public AlignedArray<float> Packed { get; }

    public int PackedStride => Dimensions == 2 ? 2 : 4;

    /// <summary>Smallest and largest coordinate of each dimension.</summary>
    public float[] Least { get; } = new float[3];

    /// <inheritdoc cref="Least"/>
    public float[] Most { get; } = new float[3];

    /// <summary>Brings the copies up to date with the positions of some points.</summary>
    public void Pack(int first, int end)
    {
        for (var dimension = 0; dimension < Dimensions; dimension++)
        {
            var from = Positions[dimension].Pointer;
            var to = Packed.Pointer + dimension;
            for (var point = first; point < end; point++) to[(long)point * PackedStride] = from[point];
        }
    }

    /// <summary>Puts the points into another order: point p is what <paramref name="order"/>[p] was.</summary>
    public void Order(int[] order)
    {
        var old = new float[Points];
        foreach (var array in (AlignedArray<float>[])[.. Positions, .. Velocity, .. Gains])
        {
            array.Span[..Points].CopyTo(old);
            for (var point = 0; point < Points; point++) array.Pointer[point] = old[order[point]];
        }
        Pack(0, Points);
    }
}
