namespace Dashboard.Client.Tests;

public sealed class SplitTests : IDisposable
{
    // As in the Python client's tests, which hold the same indices.
    private static readonly int[] Labels = [.. Enumerable.Range(0, 31).Select(index => index < 27 ? index % 3 : 3)];
    private readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Split_OfASeed_IsWhatThePythonClientDraws()
    {
        Assert.Equal([12, 15, 19, 25, 26, 28], LossboardSplit.Draw(Labels, .2, 7).Validation);
        Assert.Equal([8, 9, 13, 18, 26, 29], LossboardSplit.Draw(Labels, .2, -1, stratify: false).Validation);
        Assert.Equal([0, 4, 35, 37], LossboardSplit.Draw(40, .1, 5).Validation);
    }

    [Fact]
    public void Split_Stratified_PartsEveryClassByItsShare()
    {
        // Shares 4.6, 2.8 and 2.6 of ten: 5, 3, and 2 since its remainder is the smallest.
        string[] labels = [.. Enumerable.Repeat("a", 46), .. Enumerable.Repeat("b", 28), .. Enumerable.Repeat("c", 26)];
        var split = LossboardSplit.Draw(labels);
        Assert.Equal([("a", 5), ("b", 3), ("c", 2)], split.Validation.GroupBy(index => labels[index]).Select(group => (group.Key, group.Count())));
        Assert.Equal(Enumerable.Range(0, 100), split.Training.Concat(split.Validation).Order());

        // A pair keeps one on each side, one alone stays in training.
        string[] tiny = [.. Enumerable.Repeat("big", 100), "pair", "pair", "alone"];
        var parted = LossboardSplit.Draw(tiny);
        Assert.Equal([("big", 10), ("pair", 1)], parted.Validation.GroupBy(index => tiny[index]).Select(group => (group.Key, group.Count())));
        Assert.Contains(102, parted.Training);
    }

    [Fact]
    public void Split_OfNothingToPart_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => LossboardSplit.Draw<int>([]));
        Assert.Throws<ArgumentException>(() => LossboardSplit.Draw(1));
        Assert.Throws<ArgumentException>(() => LossboardSplit.Draw(Labels, 0));
        Assert.Throws<ArgumentException>(() => LossboardSplit.Draw(Labels, double.NaN));
        Assert.Throws<ArgumentException>(() => LossboardSplit.Draw(["a", "b", "c"]));
        Assert.Single(LossboardSplit.Draw(["a", "b", "c"], stratify: false).Validation);
    }

    [Fact]
    public async Task LogLabels_OfEachSample_AreCounted()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            run.LogLabels("numbers", [2, 0, 2, 10]);
            run.LogLabels("classes", [2, 0, 2], ["cat", "dog", "hen"]);
            run.LogLabels("names", ["dog", "cat", "dog"]);
            run.LogLabels("outside", [3], ["cat"]);
        }

        Assert.Equal(
            ["""{"0":1,"2":2,"10":1}""", """{"cat":1,"dog":0,"hen":2}""", """{"cat":1,"dog":2}"""],
            _fixture.Server.Records.Select(record => record.GetProperty("counts").GetRawText()));
        Assert.Contains(_fixture.Notices, notice => notice.EventId == 4010 && notice.ToString()!.Contains("label 3 is outside the 1 classes", StringComparison.Ordinal));
    }
}
