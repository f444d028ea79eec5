namespace Dashboard.Analysis;

/// <summary>Where an embedding starts: the eigenvectors of the graph's normalised Laplacian with the smallest eigenvalues above 0; several components each by itself around centres of their own.</summary>
internal static class SpectralStart
{
    // Up to this many rows the whole matrix is the quicker way, and eight columns would be nearly all there are.
    private const int Dense = 32;
    private const float Extent = 10;
    private const float Noise = 1e-4f;

    /// <summary>Coordinates from 0 to 10 in every column, rows × dimensions, with a little noise that parts equal ones.</summary>
    public static (float[] Coordinates, UmapStart Start) Of(FuzzyGraph graph, GraphComponents components, int dimensions, ulong seed, ComputeOptions options)
    {
        var coordinates = new float[graph.Rows * dimensions];
        var spectral = false;
        var (centres, reach) = Centres(components.Members.Count, dimensions);
        var bySize = Enumerable.Range(0, components.Members.Count).OrderByDescending(at => components.Members[at].Length).ThenBy(at => at).ToArray();
        for (var place = 0; place < bySize.Length; place++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var rows = components.Members[bySize[place]];
            var part = Part(components.Part(graph, bySize[place]), dimensions, seed, options);
            spectral |= part is not null;
            part ??= Drawn(rows.Length, dimensions, seed, bySize[place]);
            var largest = Math.Max(part.Max(Math.Abs), float.Epsilon);
            for (var at = 0; at < rows.Length; at++)
            {
                for (var d = 0; d < dimensions; d++) coordinates[rows[at] * dimensions + d] = centres[place * dimensions + d] + part[at * dimensions + d] / largest * reach;
            }
        }
        Spread(coordinates, dimensions, seed);
        return (coordinates, spectral ? UmapStart.Spectral : UmapStart.Random);
    }

    private static float[]? Part(FuzzyGraph graph, int dimensions, ulong seed, ComputeOptions options)
    {
        // As umap-learn has it: too few rows for as many eigenvectors.
        if (graph.Rows < 2 * dimensions || graph.Rows <= dimensions + 1) return null;
        if (graph.Rows <= Dense || dimensions > GraphEigenvectors.Width - 2) return graph.Rows <= 512 ? Whole(graph, dimensions) : null;
        return GraphEigenvectors.Find(graph, dimensions, seed, options);
    }

    private static float[] Whole(FuzzyGraph graph, int dimensions)
    {
        var roots = new double[graph.Rows];
        for (var row = 0; row < graph.Rows; row++)
        {
            for (var at = graph.Starts[row]; at < graph.Starts[row + 1]; at++) roots[row] += graph.Weights[at];
            roots[row] = Math.Sqrt(roots[row]);
        }
        var laplacian = new double[graph.Rows, graph.Rows];
        for (var row = 0; row < graph.Rows; row++)
        {
            laplacian[row, row] = 1;
            for (var at = graph.Starts[row]; at < graph.Starts[row + 1]; at++) laplacian[row, graph.Ends[at]] -= graph.Weights[at] / (roots[row] * roots[graph.Ends[at]]);
        }
        var (_, vectors) = SymmetricEigen.Dense(laplacian);
        var found = new float[graph.Rows * dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            var largest = 0.0;
            for (var row = 0; row < graph.Rows; row++) largest = Math.Abs(vectors[row, d + 1]) > Math.Abs(largest) ? vectors[row, d + 1] : largest;
            for (var row = 0; row < graph.Rows; row++) found[row * dimensions + d] = (float)(vectors[row, d + 1] * Math.Sign(largest));
        }
        return found;
    }

    private static float[] Drawn(int rows, int dimensions, ulong seed, int stream)
    {
        var random = new SeededRandom(seed, stream);
        var drawn = new float[rows * dimensions];
        for (var at = 0; at < drawn.Length; at++) drawn[at] = (float)(2 * random.NextShare() - 1);
        return drawn;
    }

    // One in the middle; few on the axes; many on a grid, the largest innermost. Components reach half way to the next.
    private static (float[] Centres, float Reach) Centres(int count, int dimensions)
    {
        var centres = new float[count * dimensions];
        if (count == 1) return (centres, 1);
        if (count <= 2 * dimensions)
        {
            var half = (count + 1) / 2;
            for (var at = 0; at < count; at++) centres[at * dimensions + at % half] = at < half ? 1 : -1;
            return (centres, 0.5f);
        }
        var side = (int)Math.Ceiling(Math.Pow(count, 1.0 / dimensions));
        // The side's root may round down.
        while (Math.Pow(side, dimensions) < count) side++;
        var cells = new (double Distance, long Number)[(long)Math.Pow(side, dimensions)];
        for (long cell = 0; cell < cells.Length; cell++)
        {
            double distance = 0;
            var rest = cell;
            for (var d = 0; d < dimensions; d++, rest /= side)
            {
                var off = rest % side - (side - 1) / 2.0;
                distance += off * off;
            }
            cells[cell] = (distance, cell);
        }
        Array.Sort(cells);
        for (var at = 0; at < count; at++)
        {
            var rest = cells[at].Number;
            for (var d = 0; d < dimensions; d++, rest /= side) centres[at * dimensions + d] = rest % side;
        }
        return (centres, 0.4f);
    }

    // Scaled to 10 by the largest number, then the noise, then each column to 0 … 10: umap-learn's order.
    private static void Spread(float[] coordinates, int dimensions, ulong seed)
    {
        var rows = coordinates.Length / dimensions;
        var largest = coordinates.Max(Math.Abs);
        var random = new SeededRandom(seed, -1);
        for (var at = 0; at < coordinates.Length; at++)
        {
            // The sum of four uniform numbers has the deviation 1/√3: near enough to a normal one for noise.
            var sum = 0.0;
            for (var i = 0; i < 4; i++) sum += random.NextShare() - 0.5;
            coordinates[at] = (largest > 0 ? coordinates[at] * (Extent / largest) : 0) + Noise * (float)(sum * Math.Sqrt(3));
        }
        for (var d = 0; d < dimensions; d++)
        {
            var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
            for (var row = 0; row < rows; row++)
            {
                low = Math.Min(low, coordinates[row * dimensions + d]);
                high = Math.Max(high, coordinates[row * dimensions + d]);
            }
            for (var row = 0; row < rows; row++) coordinates[row * dimensions + d] = high > low ? Extent * (coordinates[row * dimensions + d] - low) / (high - low) : Extent / 2;
        }
    }
}
