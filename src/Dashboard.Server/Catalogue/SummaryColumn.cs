using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>One tag's summaries over the rows of a request, each looked up once: a row is found, sorted and shown by the same number.</summary>
internal sealed class SummaryColumn(IRunIndex index, string tag, IReadOnlyDictionary<string, ScalarSummary> stored, IReadOnlyList<CatalogueRun> runs, ProjectScope scope)
{
    private readonly ScalarSummary[] _summaries = new ScalarSummary[runs.Count];
    private readonly Lookup[] _lookups = new Lookup[runs.Count];

    public QueryValue Value(int row, SummaryStatistic statistic)
    {
        if (_lookups[row] == Lookup.None)
        {
            var id = runs[row].Info.Id;
            _lookups[row] = scope.Shows(id, tag) && (index.TryGetLive(id, tag, out _summaries[row]) || stored.TryGetValue(id, out _summaries[row])) ? Lookup.Found : Lookup.Absent;
        }
        if (_lookups[row] == Lookup.Absent)
            return default;
        ref var summary = ref _summaries[row];
        return QueryValue.Of(statistic switch
        {
            SummaryStatistic.Last => summary.Last,
            SummaryStatistic.Min => summary.Min,
            SummaryStatistic.Max => summary.Max,
            _ => summary.Step,
        });
    }

    private enum Lookup : byte
    {
        None,
        Found,
        Absent,
    }
}
