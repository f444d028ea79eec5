using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Records as the interface shows them.</summary>
internal static class RecordViews
{
    /// <summary>Histograms of a window that was read.</summary>
    public static HistogramsView Histograms(RecordWindow window)
    {
        var whole = Whole(window).ConvertAll(record => (Record: record, Histogram: HistogramCodec.Decode(record.Payload!)));
        return new HistogramsView
        {
            Total = window.Total,
            Steps = whole.ConvertAll(entry => entry.Record.Step),
            WallTimes = whole.ConvertAll(entry => entry.Record.WallTime),
            Edges = whole.ConvertAll(entry => entry.Histogram.Edges),
            Counts = whole.ConvertAll(entry => entry.Histogram.Counts),
            NonFinite = whole.Exists(entry => entry.Histogram.NonFinite > 0) ? whole.ConvertAll(entry => entry.Histogram.NonFinite) : null,
            DamagedSteps = RecordReads.DamagedSteps(window.Records!),
        };
    }

    /// <summary>Texts of a window that was read.</summary>
    public static TextsView Texts(RecordWindow window)
    {
        var whole = Whole(window);
        return new TextsView
        {
            Total = window.Total,
            Steps = whole.ConvertAll(record => record.Step),
            WallTimes = whole.ConvertAll(record => record.WallTime),
            Texts = whole.ConvertAll(record => TextCodec.Decode(record.Payload!)),
            DamagedSteps = RecordReads.DamagedSteps(window.Records!),
        };
    }

    private static List<StoredRecord> Whole(RecordWindow window) => window.Records!.Where(record => record.Payload is not null).ToList();
}
