using System.Globalization;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads the samples of a series of predictions, step by step and once each, and answers what is asked of them.</summary>
internal sealed class SampleReads(ISeriesStore store, IRunStore runs, SampleCache cache, ApiLimits limits)
{
    private const int DefaultPoints = 20_000;

    private static readonly Dictionary<string, SampleSort> Sorts = new(StringComparer.Ordinal)
    {
        ["hardest"] = SampleSort.Hardest,
        ["mean_loss"] = SampleSort.MeanLoss,
        ["forgotten"] = SampleSort.Forgotten,
        ["never_learned"] = SampleSort.NeverLearned,
        ["mislabelled"] = SampleSort.Mislabelled,
        ["margin"] = SampleSort.Margin,
    };

    /// <summary>A page of samples.</summary>
    /// <exception cref="ApiProblemException">400 for a bad parameter, 404 for no such run or tag, 422 for more samples than are followed.</exception>
    public Task<SamplesView> ListAsync(string runId, string tag, string? sort, int? label, int? limit, string? cursor, CancellationToken cancellation)
    {
        var word = sort ?? "hardest";
        if (!Sorts.TryGetValue(word, out var order))
            throw ApiProblems.BadParameter("/query/sort", $"'sort' must be one of {string.Join(", ", Sorts.Keys)}.");
        var size = limit ?? limits.DefaultPageSize;
        if (size < 1 || size > limits.MaxPageSize)
            throw ApiProblems.BadParameter("/query/limit", $"The parameter 'limit' must be from 1 to {limits.MaxPageSize}.");
        var from = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from))
            throw ApiProblems.BadParameter("/query/cursor", "The cursor is not one that this server gave; begin again without it.", "invalid_cursor");
        CheckLabel(label);
        return WithAsync(runId, tag, series => SampleViews.List(runId, tag, series, word, order, label, size, from), cancellation);
    }

    /// <summary>Losses over steps.</summary>
    /// <exception cref="ApiProblemException">As <see cref="ListAsync"/>.</exception>
    public Task<SampleLossesView> LossesAsync(string runId, string tag, int? points, int? label, CancellationToken cancellation)
    {
        var most = points ?? DefaultPoints;
        if (most < 1 || most > limits.MaxSamplePoints)
            throw ApiProblems.BadParameter("/query/points", $"'points' must be from 1 to {limits.MaxSamplePoints}.");
        CheckLabel(label);
        return WithAsync(runId, tag, series => SampleViews.Losses(runId, tag, series, LossScatter.Of(series.History!, most, label)), cancellation);
    }

    private static void CheckLabel(int? label)
    {
        if (label is < 0)
            throw ApiProblems.BadParameter("/query/label", "'label' must be the number of a class, from 0.");
    }

    private async Task<T> WithAsync<T>(string runId, string tag, Func<SampleSeries, T> answer, CancellationToken cancellation)
    {
        var series = cache.Of(runId, tag);
        await series.Turn.WaitAsync(cancellation);
        try
        {
            await ReadAsync(runId, tag, series, cancellation);
            return await Task.Run(() => answer(series), cancellation);
        }
        finally
        {
            cache.Weigh(runId, tag, series);
            series.Turn.Release();
        }
    }

    /// <summary>Brings a series up to what is stored: with the steps that were added, or from the start where anything before them has changed.</summary>
    private async Task ReadAsync(string runId, string tag, SampleSeries series, CancellationToken cancellation)
    {
        if (await store.ListRecordsAsync(runId, RecordKind.Predictions, tag, cancellation) is not { Count: > 0 } stored)
        {
            cache.Forget(runId, tag);
            throw await runs.FindAsync(runId, cancellation) is null ? ApiProblems.RunNotFound() : ApiProblems.SeriesNotFound();
        }
        // A restarted job logs a step again; what it logged last counts.
        var wanted = stored.GroupBy(one => one.Step).Select(same => same.Last()).OrderBy(one => one.Step).ToList();
        series.TotalSteps = wanted.Count;
        var fresh = Fresh(series, wanted);
        if (fresh.Count == 0 && series.History is not null)
            return;
        try
        {
            foreach (var one in fresh)
            {
                await AddAsync(runId, tag, series, one, cancellation);
                // How many samples there are is known from the first step on.
                if (Room(series) < fresh.Count && fresh.Count == wanted.Count)
                {
                    await ReadChosenAsync(runId, tag, series, wanted, cancellation);
                    break;
                }
            }
            series.History!.FindMislabelled();
        }
        catch
        {
            // Half of a choice looks like a whole one that was made for fewer steps.
            series.Clear();
            throw;
        }
    }

    /// <summary>The steps to read: those added since, or all, after what was read is let go, where anything before them has changed.</summary>
    private List<RecordHead> Fresh(SampleSeries series, List<RecordHead> wanted)
    {
        if (series.History is not null && series.Read.Count > 0)
        {
            var stored = wanted.ToHashSet();
            var last = series.Read[^1].Step;
            var added = wanted.FindAll(one => one.Step > last);
            if (series.Read.TrueForAll(stored.Contains))
            {
                if (series.Read.Count + added.Count == wanted.Count && wanted.Count <= Room(series))
                    return added;
                // Of a choice, the newest step goes on; when half as many have gathered, all are chosen anew.
                if (series.Read.Count < wanted.Count && series.Read.Count < Room(series) * 3L / 2)
                    return added.Count == 0 ? added : [added[^1]];
            }
        }
        series.Clear();
        return wanted;
    }

    private async Task ReadChosenAsync(string runId, string tag, SampleSeries series, List<RecordHead> wanted, CancellationToken cancellation)
    {
        var chosen = Chosen(wanted, Room(series));
        series.Clear();
        foreach (var one in chosen)
            await AddAsync(runId, tag, series, one, cancellation);
    }

    // Steps that the losses of so many samples may take.
    private int Room(SampleSeries series) => (int)Math.Max(2, limits.MaxSampleLosses / Math.Max(1, series.History!.Samples));

    private static List<RecordHead> Chosen(List<RecordHead> wanted, int room) =>
        wanted.Count <= room ? wanted : [.. Enumerable.Range(0, room).Select(at => wanted[(int)((long)at * (wanted.Count - 1) / (room - 1))])];

    private async Task AddAsync(string runId, string tag, SampleSeries series, RecordHead wanted, CancellationToken cancellation)
    {
        if ((await store.ReadRecordAsync(runId, RecordKind.Predictions, tag, wanted.Index, cancellation))?.Payload is not { } payload)
        {
            series.Read.Add(wanted);
            series.Damaged.Add(wanted.Step);
            return;
        }
        var predictions = await Task.Run(() => PredictionsCodec.Decode(payload), cancellation);
        series.Classes = predictions.Classes ?? series.Classes;
        series.Sprite = predictions.Sprite is { } sprite ? sprite with { RunId = sprite.RunId ?? runId } : null;
        series.History!.Add(new SampleStep(
            wanted.Step, predictions.Labels, predictions.Scores.Columns, predictions.Scores.Values, predictions.Losses, predictions.Ids, predictions.Targets?.Values));
        series.Read.Add(wanted);
        if (series.History.Samples > limits.MaxSamples)
            throw ApiProblems.TooManySamples(series.History.Samples, limits.MaxSamples);
    }
}
