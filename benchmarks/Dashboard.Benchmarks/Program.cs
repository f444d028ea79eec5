using System.Diagnostics;
using Dashboard.Benchmarks;

var rows = new Dictionary<string, Func<BenchmarkOptions, Task<IEnumerable<Figure>>>>
{
    ["ingest"] = IngestRows.MeasureAsync,
    ["small"] = SmallBatchRow.MeasureAsync,
    ["disk"] = DiskRow.MeasureAsync,
    ["reads"] = ReadRows.MeasureAsync,
    ["runs"] = RunsRow.MeasureAsync,
    ["memory"] = MemoryRow.MeasureAsync,
    ["live"] = LiveRow.MeasureAsync,
    ["pages"] = PageRows.MeasureAsync,
    ["points"] = PointRows.MeasureAsync,
    ["log"] = ClientRows.MeasureAsync,
    ["watch"] = WatchRow.MeasureAsync,
    ["jobs"] = JobRows.MeasureAsync,
    ["landscapes"] = LandscapeRows.MeasureAsync,
    ["curvature"] = CurvatureRows.MeasureAsync,
    ["engine"] = EngineRow.MeasureAsync,
    ["pca"] = PcaRows.MeasureAsync,
    ["neighbors"] = NeighborRows.MeasureAsync,
    ["tsne"] = TsneRows.MeasureAsync,
    ["umap"] = UmapRows.MeasureAsync,
    ["metrics"] = MetricRows.MeasureAsync,
    ["diagnosis"] = DiagnosisRows.MeasureAsync,
    ["diagnose"] = DiagnoseRow.MeasureAsync,
};

BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

var clock = Stopwatch.StartNew();
var figures = new List<Figure>();
var failed = false;
foreach (var row in options.Rows)
{
    Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds,5:0} s  {row}");
    try
    {
        figures.AddRange(await rows[row](options));
    }
#pragma warning disable CA1031 // One row that cannot be measured does not take the others' figures away.
    catch (Exception e)
#pragma warning restore CA1031
    {
        failed = true;
        Console.Error.WriteLine(e);
        figures.Add(Figure.Info(row, "not measured", e.GetBaseException().Message.Split('\n')[0]));
    }
}

Report.Print(figures, clock.Elapsed);
return failed ? 1 : 0;
