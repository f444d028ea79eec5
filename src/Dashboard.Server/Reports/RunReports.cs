using System.Globalization;
using Dashboard.Analysis;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Gathers what a report of a run tells.</summary>
internal sealed class RunReports(
    DiagnosisService diagnoses, ISeriesStore series, IArtifactStore artifacts, RecordReads records, ApiLimits limits, TimeProvider clock)
{
    // As wide as a page draws them.
    private const int CurveBuckets = 400;
    private const int CurveNewest = 100;

    /// <summary>The report of a run, given with its whole summary; null where it is gone.</summary>
    public async Task<RunReport?> ReadAsync(RunInfo run, string language, CancellationToken cancellation)
    {
        if (await diagnoses.ReadAsync(run, 0, cancellation) is not { } diagnosis)
            return null;
        var view = FindingViews.Of(run, diagnosis, language);
        var tags = view.Items.SelectMany(item => item.Evidence.Curves).Distinct().ToList();
        var windows = await series.ReadScalarsAsync(run.Id, tags.ConvertAll(tag => new SeriesRequest(tag, null)), CurveBuckets, CurveNewest, cancellation);
        return new RunReport
        {
            Run = run,
            Diagnosis = view,
            Curves = windows.OfType<ScalarWindow>().ToDictionary(window => window.Tag, StringComparer.Ordinal),
            Config = Config(run.ConfigJson),
            Metrics = [.. run.Summary.OrderBy(one => Rank(one.Key)).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value))],
            Checkpoints = await artifacts.ListAsync(run.Id, "checkpoint", null, versions: false, cancellation) ?? [],
            Phases = await PhasesAsync(run.Id, cancellation),
            Made = clock.Seconds(),
        };
    }

    private static int Rank(string tag) => CurveName.Of(tag).Role switch
    {
        CurveRole.Loss => 0,
        CurveRole.Score => 1,
        CurveRole.LearningRate => 2,
        _ => 3,
    };

    private List<(string, string)> Config(string json)
    {
        var paths = new ConfigPaths();
        var values = new ConfigFlattener(paths, limits.MaxConfigValues, limits.MaxComparedText).Flatten(json);
        return [.. paths.ToList().Select((known, number) => (known.Name, Text(values[number])))];
    }

    private static string Text(QueryValue value) => value.Kind switch
    {
        QueryValueKind.Number => value.Number.ToString("R", CultureInfo.InvariantCulture),
        QueryValueKind.Boolean => value.Boolean ? "true" : "false",
        _ => value.AsText() ?? "",
    };

    private async Task<IReadOnlyList<(string, double, int)>> PhasesAsync(string runId, CancellationToken cancellation)
    {
        var spans = (await records.ListAsync(runId, RecordKind.Phase, null, cancellation)).Where(record => record.Payload is not null)
            .Select(record => (record.Tag, Span: PhaseCodec.Decode(record.Payload!)));
        return [.. spans.GroupBy(one => one.Tag, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(one => one.Span.Ended - one.Span.Started), group.Count())).OrderByDescending(one => one.Item2)];
    }
}
