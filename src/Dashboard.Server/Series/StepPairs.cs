namespace Dashboard.Server;

/// <summary>Pairs the points of two series by step.</summary>
/// <remarks>
/// Each step that both have makes one pair: of the last value that either logged for it. A job that was restarted from a checkpoint logs steps again, and what it logged last is
/// what it went on from. Pairs stand in the order in which those points of the first series were logged.
/// </remarks>
internal static class StepPairs
{
    /// <summary>Indices into the two columns of steps, one entry a pair.</summary>
    public static (int[] First, int[] Second) Of(long[] first, long[] second)
    {
        var capacity = Math.Min(first.Length, second.Length);
        var left = new int[capacity];
        var right = new int[capacity];
        var firstRises = Rises(first);
        // Series whose steps rise, as nearly all do, are merged where they lie; others by way of their last point of each step, in order of steps.
        var firstOrder = firstRises ? null : LastOfEachStep(first);
        var secondOrder = Rises(second) ? null : LastOfEachStep(second);
        var firstCount = firstOrder?.Length ?? first.Length;
        var secondCount = secondOrder?.Length ?? second.Length;
        var count = 0;
        for (int i = 0, j = 0; i < firstCount && j < secondCount;)
        {
            var a = firstOrder is null ? i : firstOrder[i];
            var b = secondOrder is null ? j : secondOrder[j];
            if (first[a] < second[b])
            {
                i++;
            }
            else if (first[a] > second[b])
            {
                j++;
            }
            else
            {
                (left[count], right[count]) = (a, b);
                count++;
                i++;
                j++;
            }
        }
        if (!firstRises)
            Array.Sort(left, right, 0, count);
        return count == capacity ? (left, right) : (left[..count], right[..count]);
    }

    private static bool Rises(long[] steps)
    {
        for (var at = 1; at < steps.Length; at++)
        {
            if (steps[at] <= steps[at - 1])
                return false;
        }
        return true;
    }

    private static int[] LastOfEachStep(long[] steps)
    {
        var sorted = (long[])steps.Clone();
        var order = new int[steps.Length];
        for (var at = 0; at < order.Length; at++)
            order[at] = at;
        Array.Sort(sorted, order);
        var count = 0;
        for (var at = 0; at < sorted.Length; at++)
        {
            // The sort is not stable: among equal steps any index may come first.
            if (count > 0 && steps[order[count - 1]] == sorted[at])
                order[count - 1] = Math.Max(order[count - 1], order[at]);
            else
                order[count++] = order[at];
        }
        return order[..count];
    }
}
