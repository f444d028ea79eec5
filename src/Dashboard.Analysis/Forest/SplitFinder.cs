namespace Dashboard.Analysis;

/// <summary>Finds the split of a node that lowers the squared error most [Breiman et al. 1984, CART].</summary>
internal sealed class SplitFinder(IReadOnlyList<BinnedFeature> features, double[] target)
{
    private const int Bins = 256;
    // A gain below this share of the node's squares is rounding.
    private const double Rounding = 1e-10;

    private readonly int[] _counts = new int[Bins];
    private readonly double[] _sums = new double[Bins];
    private readonly int[] _order = new int[Bins];
    private readonly double[] _means = new double[Bins];

    /// <summary>The best split among some features drawn at random; features that are constant in the node do not count as drawn.</summary>
    public Split Find(ReadOnlySpan<int> rows, int tried, Span<int> candidates, ref SeededRandom random)
    {
        var best = new Split();
        double sum = 0, squares = 0;
        foreach (var row in rows)
        {
            sum += target[row];
            squares += target[row] * target[row];
        }
        var within = squares - (sum * sum / rows.Length);
        if (!(within > Rounding * squares))
            return best;
        best.Gain = Rounding * within;
        for (var drawn = 0; drawn < candidates.Length && tried > 0; drawn++)
        {
            var other = drawn + random.Next(candidates.Length - drawn);
            (candidates[drawn], candidates[other]) = (candidates[other], candidates[drawn]);
            if (Try(rows, candidates[drawn], sum, ref best))
                tried--;
        }
        return best;
    }

    /// <returns>Whether the feature has two values at all among the rows.</returns>
    private bool Try(ReadOnlySpan<int> rows, int index, double sum, ref Split best)
    {
        var feature = features[index];
        var counts = _counts.AsSpan(0, feature.Count);
        var sums = _sums.AsSpan(0, feature.Count);
        counts.Clear();
        sums.Clear();
        var bins = feature.Bins;
        foreach (var row in rows)
        {
            counts[bins[row]]++;
            sums[bins[row]] += target[row];
        }
        var present = 0;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] > 0)
                _order[present++] = bin;
        }
        if (present < 2)
            return false;
        if (!feature.Ordered)
        {
            // For squared error, the best of all two sets of categories is a cut in the order of their means [Fisher 1958]. Missing is a category like any.
            for (var at = 0; at < present; at++)
                _means[at] = sums[_order[at]] / counts[_order[at]];
            Array.Sort(_means, _order, 0, present);
            Scan(index, present, rows.Length, sum, ref best);
        }
        else if (_order[0] == BinnedFeature.Missing)
        {
            // Rows without a value go with whichever side fits them better: they come first in one scan and last in the other.
            Scan(index, present, rows.Length, sum, ref best);
            _order.AsSpan(1, present - 1).CopyTo(_order);
            _order[present - 1] = BinnedFeature.Missing;
            Scan(index, present, rows.Length, sum, ref best);
        }
        else
        {
            Scan(index, present, rows.Length, sum, ref best);
        }
        return true;
    }

    // Cuts the order of bins at each place. Bins that no row of the node has go left below the cut of an ordered feature, and with the larger side otherwise.
    private void Scan(int index, int present, int rows, double sum, ref Split best)
    {
        var cut = -1;
        var leftAtCut = 0;
        var left = 0;
        double leftSum = 0;
        var whole = sum * sum / rows;
        for (var at = 0; at < present - 1; at++)
        {
            left += _counts[_order[at]];
            leftSum += _sums[_order[at]];
            var rightSum = sum - leftSum;
            var gain = (leftSum * leftSum / left) + (rightSum * rightSum / (rows - left)) - whole;
            if (gain > best.Gain)
                (best.Gain, cut, leftAtCut) = (gain, at, left);
        }
        if (cut < 0)
            return;
        best.Feature = index;
        best.Left = LeftOf(features[index], cut, present, 2 * leftAtCut > rows);
    }

    private BinSet LeftOf(BinnedFeature feature, int cut, int present, bool leftIsLarger)
    {
        var bits = default(BinSet);
        if (feature.Ordered)
        {
            var threshold = _order[cut];
            for (var bin = 1; bin <= threshold; bin++)
                bits.Add(bin);
            var missing = Array.IndexOf(_order, BinnedFeature.Missing, 0, present);
            if (missing < 0 ? leftIsLarger : missing <= cut)
                bits.Add(BinnedFeature.Missing);
            return bits;
        }
        for (var bin = 0; bin < feature.Count; bin++)
        {
            if (_counts[bin] == 0 && leftIsLarger)
                bits.Add(bin);
        }
        for (var at = 0; at <= cut; at++)
            bits.Add(_order[at]);
        return bits;
    }
}
