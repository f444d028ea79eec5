namespace Dashboard.Faults.Tests;

/// <summary>What a run must hold: every acknowledged batch, in the order acknowledged.</summary>
internal sealed class Ledger
{
    public Dictionary<string, List<Point>> Scalars { get; private init; } = [];

    public Dictionary<string, List<Histogram>> Histograms { get; private init; } = [];

    public Dictionary<string, List<Note>> Notes { get; private init; } = [];

    public long Points => Scalars.Values.Sum(points => (long)points.Count);

    public long Records => Histograms.Values.Sum(list => (long)list.Count) + Notes.Values.Sum(list => (long)list.Count);

    public void Add(Batch batch)
    {
        foreach (var (tag, points) in batch.Scalars)
        {
            var list = Of(Scalars, tag);
            foreach (var point in points)
            {
                // A second value for a step right after the first replaces it.
                if (list.Count > 0 && list[^1].Step == point.Step)
                    list.RemoveAt(list.Count - 1);
                list.Add(point);
            }
        }
        foreach (var histogram in batch.Histograms)
            Of(Histograms, histogram.Tag).Add(histogram);
        foreach (var note in batch.Notes)
            Of(Notes, note.Tag).Add(note);
    }

    /// <summary>What it would hold with one more batch.</summary>
    public Ledger With(Batch batch)
    {
        var copy = new Ledger { Scalars = Copy(Scalars), Histograms = Copy(Histograms), Notes = Copy(Notes) };
        copy.Add(batch);
        return copy;
    }

    private static List<T> Of<T>(Dictionary<string, List<T>> all, string tag) => all.TryGetValue(tag, out var list) ? list : all[tag] = [];

    private static Dictionary<string, List<T>> Copy<T>(Dictionary<string, List<T>> all) => all.ToDictionary(entry => entry.Key, entry => entry.Value.ToList());
}
