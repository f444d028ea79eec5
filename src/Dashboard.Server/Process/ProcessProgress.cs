using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>How far a run is and when it ends, as far as anything tells.</summary>
internal static class ProcessProgress
{
    // Below this many a regular rhythm of phases is a guess.
    private const int FewestPhases = 2;

    public static ProgressView Of(RunInfo run, TrainingSettings settings, Throughput? throughput, IReadOnlyList<SeriesInfo> scalars, IReadOnlyList<PhaseSpan> phases)
    {
        double? step = throughput?.LastStep ?? (scalars.Count > 0 ? scalars.Max(one => one.LastStep) : null);
        var (total, from) = Total(settings, scalars);
        var share = total is > 0 && step <= total ? step / total : null;
        ProgressView Without(string why) => new(step, total, from, share, null, null, why);
        if (run.Status != RunStatus.Running)
            return Without("ended");
        if (step is null)
            return Without("no_steps");
        if (total is null)
            return ByPhases(settings, phases, step) ?? Without("no_total");
        if (step > total)
            return Without("beyond");
        if (throughput is not { Recent: > 0 and < double.PositiveInfinity })
            return Without("no_rate");
        var left = (total.Value - step.Value) / throughput.Recent;
        return new ProgressView(step, total, from, share, left, throughput.LastTime + left, null);
    }

    private static (double? Total, string? From) Total(TrainingSettings settings, IReadOnlyList<SeriesInfo> scalars)
    {
        if (settings.Epochs is { Number: > 0 } epochs && ProcessTags.StepsAreEpochs(scalars))
            return (epochs.Number, epochs.Path);
        return settings.Total?.Number is > 0 and var total ? (total, settings.TotalFrom) : (null, null);
    }

    // An epoch a phase: the phases of such a name are counted, and their rhythm goes on.
    private static ProgressView? ByPhases(TrainingSettings settings, IReadOnlyList<PhaseSpan> phases, double? step)
    {
        if (settings.Epochs?.Number is not { } epochs)
            return null;
        var rounds = phases.Where(one => one.Name.Contains("epoch", StringComparison.OrdinalIgnoreCase) || one.Name.Contains("train", StringComparison.OrdinalIgnoreCase))
            .GroupBy(one => one.Name).Select(group => group.OrderBy(one => one.Started).ToList()).Where(group => group.Count >= FewestPhases && group.Count <= epochs)
            .OrderByDescending(group => group.Count).FirstOrDefault();
        if (rounds is null)
            return null;
        var apart = Enumerable.Range(1, rounds.Count - 1).Select(at => rounds[at].Started - rounds[at - 1].Started).Order().ToArray();
        var left = (epochs - rounds.Count) * apart[apart.Length / 2];
        return new ProgressView(step, null, $"{settings.Epochs.Path}, {rounds[0].Name}", rounds.Count / epochs, left, rounds[^1].Ended + left, null);
    }
}
