using System.Globalization;

namespace Dashboard.Faults.Tests;

/// <summary>Compares what the server holds with the ledgers of the writers, and counts what differs before it fails.</summary>
internal static class LedgerCheck
{
    /// <summary>
    /// Asserts that every acknowledged point and record is there exactly once, in order and exact, that a batch without an answer is there whole or not
    /// at all, and that there is nothing else.
    /// </summary>
    public static async Task AssertAsync(HttpClient http, string project, IReadOnlyCollection<Writer> writers, string context = "")
    {
        var runs = await RunReader.RunsAsync(http, project);
        foreach (var sharing in writers.GroupBy(writer => writer.Run))
        {
            var stored = runs.TryGetValue(sharing.Key, out var runId) ? await RunReader.ReadAsync(http, runId) : new Ledger();
            // Writers of one run have tags of their own: each accounts for a part, and together for all.
            var expected = new Ledger();
            foreach (var writer in sharing)
            {
                var part = Chosen(writer, stored);
                Merge(expected.Scalars, part.Scalars);
                Merge(expected.Histograms, part.Histograms);
                Merge(expected.Notes, part.Notes);
            }
            var faults = new List<string>();
            Compare(expected.Scalars, stored.Scalars, point => point.ToString(), faults);
            Compare(expected.Notes, stored.Notes, note => note.ToString(), faults);
            Compare(expected.Histograms, stored.Histograms, Text, faults);
            Assert.True(faults.Count == 0, $"{context} run '{sharing.Key}':\n{string.Join('\n', faults)}");
        }
        Assert.Subset(writers.Select(writer => writer.Run).ToHashSet(), runs.Keys.ToHashSet());
    }

    // With the pending batch where its first series shows it, without it otherwise; the comparison of the rest tells whether it is there whole.
    private static Ledger Chosen(Writer writer, Ledger stored)
    {
        if (writer.Pending is not { } pending)
            return writer.Acknowledged;
        var with = writer.Acknowledged.With(pending);
        var tag = pending.Scalars[0].Tag;
        return stored.Scalars.TryGetValue(tag, out var points) && points.SequenceEqual(with.Scalars[tag]) ? with : writer.Acknowledged;
    }

    private static void Compare<T>(Dictionary<string, List<T>> expected, Dictionary<string, List<T>> stored, Func<T, string> text, List<string> faults)
    {
        foreach (var tag in expected.Keys.Union(stored.Keys))
        {
            var (want, got) = (expected.GetValueOrDefault(tag) ?? [], stored.GetValueOrDefault(tag) ?? []);
            var (wanted, found) = (want.ConvertAll(one => text(one)), got.ConvertAll(one => text(one)));
            if (wanted.SequenceEqual(found))
                continue;
            var lost = wanted.Except(found).Count();
            var foreign = found.Except(wanted).Count();
            var doubled = found.Count - found.Distinct().Count();
            var at = Enumerable.Range(0, Math.Max(wanted.Count, found.Count)).First(i => wanted.ElementAtOrDefault(i) != found.ElementAtOrDefault(i));
            faults.Add(string.Create(CultureInfo.InvariantCulture,
                $"  {tag}: {wanted.Count} expected, {found.Count} stored; {lost} lost, {doubled} doubled, {foreign} never sent; first difference at {at}: expected {wanted.ElementAtOrDefault(at)}, stored {found.ElementAtOrDefault(at)}"));
        }
    }

    private static void Merge<T>(Dictionary<string, List<T>> into, Dictionary<string, List<T>> from)
    {
        foreach (var (tag, list) in from)
            into.Add(tag, list);
    }

    // The generated text of a record shows arrays by their type's name only.
    private static string Text(Histogram histogram) => $"{histogram.Step} [{string.Join(' ', histogram.Edges)}] [{string.Join(' ', histogram.Counts)}]";
}
