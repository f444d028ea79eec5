namespace Dashboard.Analysis;

/// <summary>
/// How much vectors belong together: p(j|i) ∝ exp(−β_i·d_ij²) over the neighbours, β_i such that the entropy is the perplexity's logarithm, and
/// P = (p(j|i) + p(i|j)) / 2N, which sums to one [van der Maaten and Hinton 2008]. Rows are in an order of their own, and sparse.
/// </summary>
internal sealed class TsneAffinities
{
    /// <summary>A row's entries are filled up to a multiple of this with zeros that point at the row itself, so that loops take whole vectors.</summary>
    public const int Pad = 16;

    // Rows of a block, small enough that many threads find work with few of them.
    private const int BlockRows = 256;

    private TsneAffinities(int rows)
    {
        Rows = rows;
        Starts = new int[rows + 1];
        Columns = new(0);
        Values = new(0);
    }

    public int Rows { get; }

    /// <summary>Where each row's entries begin, and where the last one's end.</summary>
    public int[] Starts { get; }

    public AlignedArray<int> Columns { get; private set; }

    public AlignedArray<float> Values { get; private set; }

    /// <summary>Finds them.</summary>
    /// <param name="neighbors">Neighbours by distance.</param>
    /// <param name="perplexity">At most as many as there are neighbours.</param>
    /// <param name="order">The vector that each row is of.</param>
    /// <param name="team">Who computes.</param>
    public static TsneAffinities Of(NeighborTable neighbors, double perplexity, int[] order, PhaseTeam team)
    {
        var conditional = new float[neighbors.Indices.Length];
        var count = neighbors.Count;
        team.RunBlocks(neighbors.Rows, BlockRows, (_, first, end) =>
        {
            var search = new PerplexitySearch(perplexity, count);
            for (var row = first; row < end; row++) search.Find(neighbors.DistancesOf(row), conditional.AsSpan(row * count, count));
        });
        var affinities = new TsneAffinities(neighbors.Rows);
        affinities.Join(neighbors, conditional, order, team);
        return affinities;
    }

    /// <summary>The same with rows in another order: row r is what row <paramref name="order"/>[r] was.</summary>
    public unsafe TsneAffinities Ordered(int[] order, PhaseTeam team)
    {
        var place = Inverse(order);
        var other = new TsneAffinities(Rows);
        for (var row = 0; row < Rows; row++) other.Starts[row + 1] = other.Starts[row] + Starts[order[row] + 1] - Starts[order[row]];
        other.Columns = new(Columns.Length);
        other.Values = new(Values.Length);
        team.RunBlocks(Rows, BlockRows, (_, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                var (from, to) = (Starts[order[row]], other.Starts[row]);
                var length = Starts[order[row] + 1] - from;
                Values.Span.Slice(from, length).CopyTo(other.Values.Span[to..]);
                for (var at = 0; at < length; at++) other.Columns.Pointer[to + at] = place[Columns.Pointer[from + at]];
            }
        });
        return other;
    }

    internal static int[] Inverse(int[] order)
    {
        var place = new int[order.Length];
        for (var at = 0; at < order.Length; at++) place[order[at]] = at;
        return place;
    }

    /// <summary>Σ of all entries: one, but for rounding.</summary>
    public double Sum()
    {
        double sum = 0;
        foreach (var value in Values.Span) sum += value;
        return sum;
    }

    // A row has the vector's own neighbours first, then those that have the vector for one and are not among them.
    private unsafe void Join(NeighborTable neighbors, float[] conditional, int[] order, PhaseTeam team)
    {
        var count = neighbors.Count;
        var place = Inverse(order);
        var (starts, from, at) = Backwards(neighbors, team.Cancellation);
        var marks = new int[team.Size][];
        void Walk(Action<int, int[]> row) => team.Run(Blocks.Count(Rows, BlockRows), (block, member) =>
        {
            var mark = marks[member] ??= new int[Rows];
            for (var each = block * BlockRows; each < Math.Min(Rows, (block + 1) * BlockRows); each++) row(each, mark);
        });
        int Mark(int vector, int neighbor, int[] mark)
        {
            var number = mark[neighbor];
            return number < count && neighbors.Indices[vector * count + number] == neighbor ? number : -1;
        }
        void SetMarks(int vector, int[] mark)
        {
            for (var number = 0; number < count; number++) mark[neighbors.Indices[vector * count + number]] = number;
        }
        Walk((row, mark) =>
        {
            var vector = order[row];
            SetMarks(vector, mark);
            var length = count;
            for (var entry = starts[vector]; entry < starts[vector + 1]; entry++)
            {
                if (Mark(vector, from[entry], mark) < 0) length++;
            }
            Starts[row + 1] = (length + Pad - 1) / Pad * Pad;
        });
        for (var row = 0; row < Rows; row++) Starts[row + 1] = checked(Starts[row + 1] + Starts[row]);
        Columns = new(Starts[Rows]);
        Values = new(Starts[Rows]);
        var scale = .5f / Rows;
        Walk((row, mark) =>
        {
            var vector = order[row];
            SetMarks(vector, mark);
            var columns = Columns.Pointer + Starts[row];
            var values = Values.Pointer + Starts[row];
            for (var number = 0; number < count; number++)
            {
                columns[number] = place[neighbors.Indices[vector * count + number]];
                values[number] = conditional[vector * count + number] * scale;
            }
            var length = count;
            for (var entry = starts[vector]; entry < starts[vector + 1]; entry++)
            {
                var number = Mark(vector, from[entry], mark);
                var value = conditional[from[entry] * count + at[entry]] * scale;
                if (number >= 0)
                {
                    values[number] += value;
                    continue;
                }
                columns[length] = place[from[entry]];
                values[length++] = value;
            }
            for (; length < Starts[row + 1] - Starts[row]; length++) columns[length] = row;
        });
    }

    // For each vector, who has it for a neighbour, and as the how-manieth.
    private static (int[] Starts, int[] From, ushort[] At) Backwards(NeighborTable neighbors, CancellationToken cancellation)
    {
        var starts = new int[neighbors.Rows + 2];
        foreach (var neighbor in neighbors.Indices) starts[neighbor + 2]++;
        for (var vector = 0; vector < neighbors.Rows; vector++) starts[vector + 2] += starts[vector + 1];
        var (from, at) = (new int[neighbors.Indices.Length], new ushort[neighbors.Indices.Length]);
        for (var row = 0; row < neighbors.Rows; row++)
        {
            if (row % BlockRows == 0) cancellation.ThrowIfCancellationRequested();
            var indices = neighbors.IndicesOf(row);
            for (var number = 0; number < indices.Length; number++)
            {
                var entry = starts[indices[number] + 1]++;
                (from[entry], at[entry]) = (row, (ushort)number);
            }
        }
        return (starts, from, at);
    }
}
