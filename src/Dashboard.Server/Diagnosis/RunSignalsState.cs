using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Everything of one run that a diagnosis reads, kept between readings so that only what changed is read again. One reader at a time.</summary>
internal sealed class RunSignalsState(string runId, ISeriesStore series)
{
    // Histograms read of a layer: enough to see when its gradients faded.
    private const int HistogramSteps = 64;

    // Bounds what one layer's histograms may cost; of larger ones the steps are fewer.
    private const int HistogramBytes = 4 << 20;

    private readonly Dictionary<string, CurveState> _curves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Count, long LastStep, HistogramCurve Curve)> _histograms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _hasRole = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> _labels = new Dictionary<string, IReadOnlyDictionary<string, long>>();
    private long _labelRecords;

    /// <summary>Rough bytes of memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>Points stored in the scalar series that are read.</summary>
    public long Points { get; private set; }

    /// <summary>A curve as it is kept, or null.</summary>
    public SignalCurve? Curve(string tag) => _curves.TryGetValue(tag, out var state) ? state.Curve() : null;

    /// <summary>What was read, in counts.</summary>
    public ReadingView View(double seconds) => new(_curves.Count, Points, _histograms.Count, _labels.Count, seconds);

    /// <summary>Brings it up to date; null where the run is gone.</summary>
    /// <param name="ended">Whether the run is over.</param>
    /// <param name="everything">Whether some rule is about curves of any meaning; else those are read whose names tell what they are.</param>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<RunSignals?> ReadAsync(bool ended, bool everything, CancellationToken cancellation)
    {
        if (await series.ListAsync(runId, cancellation) is not { } all)
            return null;
        await ReadCurvesAsync(all.Where(one => one.Kind == RecordKind.Scalar && (everything || HasRole(one.Tag))).ToList(), cancellation);
        await ReadHistogramsAsync(all.Where(one => one.Kind == RecordKind.Histogram && IsOfGradients(one.Tag)).ToList(), cancellation);
        await ReadLabelsAsync(all.Where(one => one.Kind == RecordKind.Labels).Sum(one => one.Count), cancellation);
        Bytes = _curves.Values.Sum(curve => curve.Bytes) + _histograms.Values.Sum(one => 300 + (one.Curve.Steps.Length * 40L)) + _labels.Values.Sum(split => split.Count * 100L);
        return new RunSignals
        {
            Curves = [.. _curves.Values.Where(curve => curve.Total > 0).Select(curve => curve.Features())],
            Histograms = [.. _histograms.Values.Select(one => one.Curve)],
            Labels = _labels,
            Ended = ended,
        };
    }

    private async Task ReadCurvesAsync(List<SeriesInfo> scalars, CancellationToken cancellation)
    {
        Points = scalars.Sum(one => one.Count);
        Forget(_curves, scalars);
        var requests = new List<SeriesRequest>();
        foreach (var one in scalars)
        {
            if (!_curves.TryGetValue(one.Tag, out var state))
                _curves[one.Tag] = state = new CurveState(one.Tag);
            if (state.Total != one.Count || state.LastStep != one.LastStep || !state.LastValue.Equals(one.Last))
                requests.Add(state.Next(one.Count));
        }
        if (requests.Count == 0)
            return;
        var windows = await series.ReadScalarsAsync(runId, requests, CurveState.Buckets, CurveState.Newest, cancellation);
        for (var at = 0; at < requests.Count; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (windows[at] is { } window)
                _curves[requests[at].Tag].Take(requests[at], window);
        }
    }

    private async Task ReadHistogramsAsync(List<SeriesInfo> histograms, CancellationToken cancellation)
    {
        Forget(_histograms, histograms);
        foreach (var one in histograms)
        {
            if (_histograms.TryGetValue(one.Tag, out var known) && known.Count == one.Count && known.LastStep == one.LastStep)
                continue;
            if (await series.ReadRecordWindowAsync(runId, RecordKind.Histogram, one.Tag, HistogramSteps, null, null, HistogramBytes, cancellation) is not { Records: { } records })
                continue;
            var whole = records.Where(record => record.Payload is not null).Select(record => (record.Step, Histogram: HistogramCodec.Decode(record.Payload!))).ToList();
            var curve = new HistogramCurve(
                one.Tag, [.. whole.Select(entry => entry.Step)], [.. whole.Select(entry => HistogramSummary.Of(entry.Histogram.Edges, entry.Histogram.Counts))]);
            _histograms[one.Tag] = (one.Count, one.LastStep, curve);
        }
    }

    private async Task ReadLabelsAsync(long count, CancellationToken cancellation)
    {
        if (count == _labelRecords)
            return;
        var splits = new Dictionary<string, IReadOnlyDictionary<string, long>>(StringComparer.Ordinal);
        // What was logged last of a split counts.
        foreach (var record in await series.ReadRecordsAsync(runId, RecordKind.Labels, null, null, cancellation) ?? [])
        {
            if (record.Payload is not null)
                splits[record.Tag] = LabelsCodec.Decode(record.Payload);
        }
        (_labels, _labelRecords) = (splits, count);
    }

    private bool HasRole(string tag)
    {
        if (!_hasRole.TryGetValue(tag, out var known))
            _hasRole[tag] = known = CurveName.Of(tag).Role != CurveRole.Other;
        return known;
    }

    // As people call them; the rules say what exactly they make of a tag.
    private static bool IsOfGradients(string tag) => tag.Contains("grad", StringComparison.OrdinalIgnoreCase);

    private static void Forget<T>(Dictionary<string, T> known, List<SeriesInfo> present)
    {
        if (known.Count == 0)
            return;
        var tags = present.Select(one => one.Tag).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in known.Keys.Where(tag => !tags.Contains(tag)).ToList())
            known.Remove(gone);
    }
}
