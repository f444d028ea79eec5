namespace Dashboard.Client;

/// <summary>Samples parted into those to train on and those to validate on. The Python client draws the same from the same labels and seed.</summary>
/// <param name="Training">Indices of the samples for training, ascending.</param>
/// <param name="Validation">Indices of the others, ascending.</param>
public sealed record LossboardSplit(IReadOnlyList<int> Training, IReadOnlyList<int> Validation)
{
    /// <summary>Draws a split of labelled samples.</summary>
    /// <param name="labels">Class of each sample.</param>
    /// <param name="validation">Share for validation, between 0 and 1.</param>
    /// <param name="seed">One seed gives one split.</param>
    /// <param name="stratify">
    /// Every class gives its share, rounded so that the largest remainders go up, and a class of two samples or more keeps one on each side (of many tiny classes the split is
    /// then larger than asked for); a class of one sample stays in training.
    /// </param>
    /// <exception cref="ArgumentException">There are no two samples to part, or stratified no two of a class; the share is none.</exception>
    public static LossboardSplit Draw<T>(IReadOnlyList<T> labels, double validation = 0.1, long seed = 0, bool stratify = true)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(labels);
        var wanted = Wanted(labels.Count, validation);
        if (!stratify)
            return Parted([[.. Enumerable.Range(0, labels.Count)]], [wanted], labels.Count, seed);
        // Classes in the order first seen.
        var places = new Dictionary<T, int>();
        var groups = new List<List<int>>();
        for (var index = 0; index < labels.Count; index++)
        {
            if (places.TryAdd(labels[index], groups.Count))
                groups.Add([]);
            groups[places[labels[index]]].Add(index);
        }
        var quotas = Quotas(groups, validation, wanted);
        if (Array.TrueForAll(quotas, quota => quota == 0))
            throw new ArgumentException("No label stands twice, so there is nothing to stratify by; draw with stratify: false.", nameof(labels));
        return Parted([.. groups.Select(group => group.ToArray())], quotas, labels.Count, seed);
    }

    /// <summary>Draws a split of samples without labels.</summary>
    /// <inheritdoc cref="Draw{T}" path="/exception"/>
    public static LossboardSplit Draw(int samples, double validation = 0.1, long seed = 0) =>
        Parted([[.. Enumerable.Range(0, Math.Max(0, samples))]], [Wanted(samples, validation)], samples, seed);

    private static int Wanted(int count, double validation)
    {
        if (!(validation > 0) || !(validation < 1))
            throw new ArgumentException($"validation must be between 0 and 1, a tenth is 0.1, not {validation}.", nameof(validation));
        if (count < 2)
            throw new ArgumentException($"A split needs two samples at least, not {count}.");
        return Math.Min(count - 1, Math.Max(1, (int)((count * validation) + 0.5)));
    }

    private static int[] Quotas(List<List<int>> groups, double validation, int wanted)
    {
        var shares = groups.ConvertAll(group => group.Count * validation);
        var quotas = new int[groups.Count];
        for (var at = 0; at < quotas.Length; at++)
            quotas[at] = groups[at].Count > 1 ? Math.Min(groups[at].Count - 1, Math.Max(1, (int)shares[at])) : 0;
        var left = wanted - quotas.Sum();
        foreach (var at in Enumerable.Range(0, quotas.Length).OrderBy(at => (int)shares[at] - shares[at]).ThenBy(at => at))
        {
            // What was raised to one has had more than its share already.
            if (left <= 0 || quotas[at] >= groups[at].Count - 1 || quotas[at] > shares[at])
                continue;
            quotas[at]++;
            left--;
        }
        return quotas;
    }

    private static LossboardSplit Parted(int[][] groups, int[] quotas, int count, long seed)
    {
        var random = new SplitRandom(unchecked((ulong)seed));
        var held = new bool[count];
        for (var group = 0; group < groups.Length; group++)
        {
            random.Shuffle(groups[group]);
            foreach (var index in groups[group].AsSpan(0, quotas[group]))
                held[index] = true;
        }
        var all = Enumerable.Range(0, count).ToLookup(index => held[index]);
        return new LossboardSplit([.. all[false]], [.. all[true]]);
    }
}
