using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Reads how a run went from what it logged.</summary>
internal sealed class ProcessReads(IRunStore runs, ISeriesStore series)
{
    // Enough for a rate of each minute of a day; and for every change of a learning rate but the strangest.
    private const int ClockPoints = 4000;
    private const int RatePoints = 4000;
    private const int MeasurePoints = 500;

    // More learning rates than a chart can tell apart; more measures than a machine has.
    private const int MostRates = 8;
    private const int MostMeasures = 200;

    /// <exception cref="ApiProblemException">404 for no such run.</exception>
    public async Task<ProcessView> ReadAsync(string runId, CancellationToken cancellation)
    {
        var run = await runs.FindAsync(runId, cancellation) ?? throw ApiProblems.RunNotFound();
        var scalars = (await series.ListAsync(runId, cancellation) ?? []).Where(one => one.Kind == RecordKind.Scalar).ToList();
        var phases = await PhasesAsync(runId, cancellation);
        var settings = ConfigSettings.Of(run.ConfigJson);
        var clock = ProcessTags.Clock(scalars) is { } found ? await series.ReadScalarsAsync(runId, found.Tag, ClockPoints, null, null, cancellation) : null;
        var throughput = clock is null ? null : Throughput.Of(clock.Steps, clock.WallTimes);
        var times = (clock?.WallTimes ?? []).Where(double.IsFinite).Concat(phases.SelectMany(one => new[] { one.Started, one.Ended })).DefaultIfEmpty(run.Created).ToList();
        var (started, heard) = (times.Min(), times.Max());
        var summary = PhaseSummary.Of(phases, started, heard);
        var progress = ProcessProgress.Of(run, settings, throughput, scalars, phases);
        // A course is drawn to the end of the training where that is known, and never by an absurd configuration far beyond what was logged.
        var last = scalars.Count == 0 ? 0 : scalars.Max(one => one.LastStep);
        var until = Math.Max(last, progress.Total ?? 0);
        var schedules = new List<ScheduleView>();
        foreach (var rate in scalars.Where(one => ProcessTags.IsRate(one.Tag)).Take(MostRates))
        {
            if (await series.ReadScalarsAsync(runId, rate.Tag, RatePoints, null, null, cancellation) is { Steps.Length: > 0 } window)
                schedules.Add(ProcessSchedules.Recognised(window, until));
        }
        var measures = new List<SystemMeasureView>();
        foreach (var measure in scalars.Where(one => ProcessTags.IsSystem(one.Tag)).Take(MostMeasures))
        {
            var values = (await series.ReadScalarsAsync(runId, measure.Tag, MeasurePoints, null, null, cancellation))?.Values.Where(double.IsFinite).ToArray() ?? [];
            measures.Add(new SystemMeasureView(measure.Tag, values.Length == 0 ? double.NaN : values.Average(), measure.Min ?? double.NaN, measure.Max ?? double.NaN, measure.Last ?? double.NaN));
        }
        return new ProcessView(runId, RunViews.Name(run.Status), started, heard, View(summary), View(clock, throughput), progress, schedules,
            ProcessSchedules.Planned(settings, until), [.. ProcessTags.Losses(scalars).Select(one => new LossTermsView(one.Tag, one.Terms))], measures);
    }

    private async Task<IReadOnlyList<PhaseSpan>> PhasesAsync(string runId, CancellationToken cancellation)
    {
        var records = await series.ReadRecordsAsync(runId, RecordKind.Phase, null, null, cancellation) ?? throw ApiProblems.RunNotFound();
        return [.. records.Where(one => one.Payload is not null).Select(one =>
        {
            var (started, ended) = PhaseCodec.Decode(one.Payload!);
            return new PhaseSpan(one.Tag, started, ended);
        })];
    }

    private static PhaseTotalsView View(PhaseSummary summary) => new(
        [.. summary.Shares.Select(one => new PhaseShareView(one.Name, one.Count, one.Seconds, one.OwnSeconds, one.Longest))],
        summary.Covered, summary.Uncovered, [.. summary.Gaps.Select(gap => new PhaseView(gap.Name, gap.Started, gap.Ended))]);

    private static ThroughputView? View(ScalarWindow? clock, Throughput? throughput) => clock is null || throughput is null
        ? null
        : new ThroughputView(clock.Tag, throughput.Recent, throughput.Overall, throughput.Pauses, throughput.Times, throughput.Rates);
}
