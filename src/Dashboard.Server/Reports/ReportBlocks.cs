using System.Globalization;
using Dashboard.Storage;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>What a report says, in order, in the words of a language.</summary>
internal static class ReportBlocks
{
    // More rows than these nobody reads in a message; the page has all.
    private const int MostMetrics = 40;
    private const int MostSettings = 200;
    private const int MostCheckpoints = 30;
    private const int MostPhases = 30;

    public static IEnumerable<ReportBlock> Of(RunReport report, PageTexts texts)
    {
        string Say(string key) => texts["diagnosis.report." + key];
        var run = report.Run;
        yield return Facts(report, texts);
        if (run.Notes.Length > 0)
        {
            yield return new ReportBlock.Heading(Say("notes"));
            yield return new ReportBlock.Paragraph(run.Notes);
        }
        yield return new ReportBlock.Heading(Say("findings"));
        if (report.Diagnosis.Items.Count == 0)
            yield return new ReportBlock.Paragraph(texts[report.Diagnosis.Read is { Curves: 0, Histograms: 0, Splits: 0 } ? "diagnosis.nothing_read" : "diagnosis.nothing"]);
        foreach (var item in report.Diagnosis.Items)
            yield return new ReportBlock.Found(item, [.. item.Evidence.Curves.Where(report.Curves.ContainsKey).Select(tag => report.Curves[tag])]);
        if (report.Metrics.Count > 0)
        {
            yield return new ReportBlock.Heading(Say("metrics"));
            yield return new ReportBlock.Table(
                [Say("metric"), Say("last"), Say("min"), Say("max"), Say("step")],
                [.. report.Metrics.Take(MostMetrics).Select(one => Row(one.Tag, Number(one.Summary.Last), Number(one.Summary.Min), Number(one.Summary.Max), Step(one.Summary.Step)))], 1);
            if (report.Metrics.Count > MostMetrics)
                yield return More(report.Metrics.Count - MostMetrics, texts);
        }
        if (report.Phases.Count > 0)
        {
            var all = report.Phases.Sum(phase => phase.Seconds);
            yield return new ReportBlock.Heading(Say("phases"));
            yield return new ReportBlock.Table(
                [Say("phase"), Say("time"), Say("share"), Say("times")],
                [.. report.Phases.Take(MostPhases).Select(phase => Row(phase.Name, PageFormat.Duration(phase.Seconds), Share(phase.Seconds / all), Step(phase.Times)))], 1);
            if (report.Phases.Count > MostPhases)
                yield return More(report.Phases.Count - MostPhases, texts);
        }
        if (report.Checkpoints.Count > 0)
        {
            yield return new ReportBlock.Heading(Say("checkpoints"));
            yield return new ReportBlock.Table(
                [Say("name"), Say("step"), Say("metric"), Say("bytes"), Say("saved")], [.. report.Checkpoints.Take(MostCheckpoints).Select(Checkpoint)], 1);
            if (report.Checkpoints.Count > MostCheckpoints)
                yield return More(report.Checkpoints.Count - MostCheckpoints, texts);
        }
        if (report.Config.Count > 0)
        {
            yield return new ReportBlock.Heading(Say("config"));
            yield return new ReportBlock.Table([Say("setting"), Say("value")], [.. report.Config.Take(MostSettings).Select(one => Row(one.Name, one.Value))], 2);
            if (report.Config.Count > MostSettings)
                yield return More(report.Config.Count - MostSettings, texts);
        }
    }

    private static ReportBlock.Table Facts(RunReport report, PageTexts texts)
    {
        string Say(string key) => texts["diagnosis.report." + key];
        var run = report.Run;
        var rows = new List<IReadOnlyList<string>>
        {
            Row(Say("project"), run.Project),
            Row(Say("status"), texts["status." + RunViews.Name(run.Status)]),
            Row(Say("created"), PageFormat.Iso(run.Created)),
            Row(Say("updated"), PageFormat.Iso(run.Updated)),
            Row(Say("duration"), PageFormat.Duration((run.Status == RunStatus.Running ? report.Made : run.Updated) - run.Created)),
        };
        if (run.Group is { } group)
            rows.Add(Row(Say("group"), group));
        if (run.Parent is { } parent)
            rows.Add(Row(Say("parent"), parent));
        if (run.Tags.Count > 0)
            rows.Add(Row(Say("tags"), string.Join(", ", run.Tags)));
        rows.Add(Row(Say("id"), run.Id));
        rows.Add(Row(Say("read"), FindingWords.Read(report.Diagnosis.Read, texts)));
        return new ReportBlock.Table(["", ""], rows, 2);
    }

    private static string[] Checkpoint(ArtifactInfo info) => Row(
        info.Name, info.Step is { } step ? Step(step) : "–",
        info.Origin is { Metric: { } metric, MetricValue: { } value } ? $"{metric} {Number(value)}" : info.Origin.Reason ?? "–", Step(info.Size), PageFormat.Iso(info.Created));

    private static ReportBlock.Paragraph More(int count, PageTexts texts) => new(texts.Fill("diagnosis.report.more", "count", Step(count)));

    private static string[] Row(params string[] cells) => cells;

    private static string Number(double value) => PageFormat.Number(value);

    private static string Step(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double share) => double.IsFinite(share) ? share.ToString("P1", CultureInfo.InvariantCulture) : "–";
}
