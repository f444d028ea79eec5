using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Values of a logged metric at the steps that checkpoints were saved at.</summary>
internal sealed class MetricAtSteps(ISeriesStore series)
{
    // Read whole up to here (a few megabytes); a longer series is looked up in two reads a step.
    private const int WholePoints = 100_000;

    /// <summary>For each step the value that was logged last at the greatest step up to it; steps before the first point are left out.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="tag">The metric.</param>
    /// <param name="steps">Steps in any order.</param>
    /// <param name="cancellation">Ends the reads.</param>
    public async Task<IReadOnlyDictionary<long, (double Value, long Step)>> ReadAsync(string runId, string tag, IReadOnlyCollection<long> steps, CancellationToken cancellation)
    {
        var found = new Dictionary<long, (double Value, long Step)>();
        if (steps.Count == 0 || await series.ReadScalarsAsync(runId, tag, WholePoints, null, null, cancellation) is not { } window)
            return found;
        var whole = window.Total == window.Steps.Length;
        var order = Sorted(window);
        foreach (var step in steps.Distinct())
        {
            if (Before(window, order, step) is not { } at)
                continue;
            found[step] = (window.Values[at], window.Steps[at]);
            // A bucket stands for the points after it as well: the last of those up to the step is meant.
            if (!whole && await series.ReadScalarsAsync(runId, tag, 0, window.Steps[at], step, cancellation) is { Steps.Length: > 0 } part && Before(part, Sorted(part), step) is { } exact)
                found[step] = (part.Values[exact], part.Steps[exact]);
        }
        return found;
    }

    // Steps may go back where a job was restarted; of equal ones the one logged last comes last.
    private static int[] Sorted(ScalarWindow window) => [.. Enumerable.Range(0, window.Steps.Length).OrderBy(at => window.Steps[at]).ThenBy(at => at)];

    private static int? Before(ScalarWindow window, int[] order, long step)
    {
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (window.Steps[order[middle]] <= step)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? null : order[low - 1];
    }
}
