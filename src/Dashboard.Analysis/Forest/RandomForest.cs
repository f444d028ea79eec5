namespace Dashboard.Analysis;

/// <summary>Regression forests: bagged trees that try some features at each split, judged by the rows they have not seen [Breiman 2001, Random Forests].</summary>
public static class RandomForest
{
    /// <summary>Grows a forest that predicts the target, and tells what it explains and by which features.</summary>
    /// <param name="features">Columns of the target's length.</param>
    /// <param name="target">Finite numbers, two at least, not all the same.</param>
    /// <param name="options">How it is grown.</param>
    /// <param name="cancellation">Ends the work between two trees.</param>
    /// <exception cref="ArgumentException">A column has another length, or the target is short, constant or not finite.</exception>
    public static ForestResult Fit(IReadOnlyList<ForestFeature> features, IReadOnlyList<double> target, ForestOptions options, CancellationToken cancellation)
    {
        var centred = Centred(features, target, out var variance);
        var binned = features.Select(BinnedFeature.Of).ToList();
        var judged = new Judgement[options.Trees];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, options.Trees, parallel, tree => judged[tree] = Grow(binned, centred, options, tree));
        return Sum(judged, centred, variance, features.Count);
    }

    private static double[] Centred(IReadOnlyList<ForestFeature> features, IReadOnlyList<double> target, out double variance)
    {
        for (var at = 0; at < features.Count; at++)
        {
            if (features[at].Values.Length != target.Count)
                throw new ArgumentException($"Feature {at} has {features[at].Values.Length} values and the target {target.Count}.", nameof(features));
        }
        if (target.Count < 2 || target.Any(value => !double.IsFinite(value)))
            throw new ArgumentException("The target must be two finite numbers or more.", nameof(target));
        // Around the mean and over the largest distance from it: squares then neither cancel nor overflow, and R² and importance are ratios anyway.
        var mean = target.Sum(value => value / target.Count);
        var scale = target.Max(value => Math.Abs(value - mean));
        if (target.All(value => value == target[0]) || !(scale > 0) || !double.IsFinite(scale))
            throw new ArgumentException("The target is constant, or too wide for a double: there is nothing to explain.", nameof(target));
        var centred = target.Select(value => (value - mean) / scale).ToArray();
        variance = centred.Sum(value => value * value) / centred.Length;
        return centred;
    }

    private static Judgement Grow(List<BinnedFeature> features, double[] target, ForestOptions options, int number)
    {
        var random = new SeededRandom(options.Seed, number);
        var rows = new int[Math.Min(target.Length, options.MaxSample)];
        var drawn = new bool[target.Length];
        for (var at = 0; at < rows.Length; at++)
        {
            rows[at] = random.Next(target.Length);
            drawn[rows[at]] = true;
        }
        var tree = new RegressionTree(features, target, rows, options.SmallestSplit, ref random);
        var unseen = Enumerable.Range(0, target.Length).Where(row => !drawn[row]).ToArray();
        if (unseen.Length > options.MaxJudged)
        {
            random.Shuffle(unseen.AsSpan());
            unseen = unseen[..options.MaxJudged];
        }
        var predictions = Array.ConvertAll(unseen, tree.Predict);
        var growth = new double[features.Count];
        if (unseen.Length == 0)
            return new Judgement(unseen, predictions, growth);
        double error = 0;
        for (var at = 0; at < unseen.Length; at++)
            error += Square(target[unseen[at]] - predictions[at]);
        for (var feature = 0; feature < features.Count; feature++)
        {
            if (!tree.Uses(feature))
                continue;
            var bins = Array.ConvertAll(unseen, row => features[feature].Bins[row]);
            random.Shuffle(bins.AsSpan());
            double shuffled = 0;
            for (var at = 0; at < unseen.Length; at++)
                shuffled += Square(target[unseen[at]] - tree.Predict(unseen[at], feature, bins[at]));
            growth[feature] = (shuffled - error) / unseen.Length;
        }
        return new Judgement(unseen, predictions, growth);
    }

    // Tree after tree, so that sums are rounded alike however the threads ran.
    private static ForestResult Sum(Judgement[] judged, double[] target, double variance, int features)
    {
        var sums = new double[target.Length];
        var counts = new int[target.Length];
        var importance = new double[features];
        foreach (var tree in judged)
        {
            for (var at = 0; at < tree.Unseen.Length; at++)
            {
                sums[tree.Unseen[at]] += tree.Predictions[at];
                counts[tree.Unseen[at]]++;
            }
            for (var feature = 0; feature < features; feature++)
                importance[feature] += tree.Growth[feature] / (variance * judged.Length);
        }
        var seen = Enumerable.Range(0, target.Length).Where(row => counts[row] > 0).ToArray();
        if (seen.Length == 0)
            return new ForestResult(double.NaN, importance);
        var mean = seen.Average(row => target[row]);
        var left = seen.Sum(row => Square(target[row] - (sums[row] / counts[row])));
        var all = seen.Sum(row => Square(target[row] - mean));
        return new ForestResult(all > 0 ? 1 - (left / all) : double.NaN, importance);
    }

    private static double Square(double value) => value * value;

    /// <summary>One tree's say on the rows it has not seen: predictions, and by how much shuffling each feature raises the mean squared error.</summary>
    private sealed record Judgement(int[] Unseen, double[] Predictions, double[] Growth);
}
