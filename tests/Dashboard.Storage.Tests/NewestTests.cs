namespace Dashboard.Storage.Tests;

/// <summary>Reads for somebody who comes again, against a plain list.</summary>
public sealed class NewestTests
{
    private const int Buckets = 20;
    private const int Newest = 50;

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 900)]
    [InlineData(3, 9000)]
    public async Task Whole_AfterRandomHistory_EndsWithTheNewestPointsAndKeepsTheExtremes(int seed, int largest)
    {
        await using var store = await StoreHost.OpenAsync();
        var random = new Random(seed);
        var model = new List<(long Step, double Value)>();
        long step = 0;
        for (var round = 0; round < 10; round++)
        {
            var known = model.Count;
            var points = new (long, double)[random.Next(1, largest)];
            for (var i = 0; i < points.Length; i++)
            {
                // Now and then a step comes twice, or a job begins again.
                step += random.Next(100) switch { 0 => -random.Next(50), < 4 => 0, _ => 1 };
                points[i] = (step, Math.Round(random.NextDouble(), 6));
                if (model.Count > 0 && model[^1].Step == step) model[^1] = points[i];
                else model.Add(points[i]);
            }

            var runId = (await store.PushAsync("r", "loss", points)).RunId;
            if (random.Next(3) == 0) await store.SealAsync();
            if (random.Next(5) == 0) await store.ReopenAsync();
            var read = await store.Series.ReadScalarsAsync(
                runId, [new("loss", null), new("none", null), new("loss", Math.Max(0, known - 1))], Buckets, Newest, CancellationToken.None);
            Assert.Null(read[1]);
            CheckWhole(read[0]!, model);
            Assert.Equal(model.Skip(Math.Max(0, known - 1)), read[2]!.Steps.Zip(read[2]!.Values));
            Assert.Equal(model.Count, read[2]!.Total);
        }
    }

    [Fact]
    public async Task Read_OfNoRun_HasNothing()
    {
        await using var store = await StoreHost.OpenAsync();
        Assert.Equal([null], await store.Series.ReadScalarsAsync("none", [new("loss", null)], Buckets, Newest, CancellationToken.None));
    }

    private static void CheckWhole(ScalarWindow window, List<(long Step, double Value)> model)
    {
        Assert.Equal(model.Count, window.Total);
        var newest = Math.Min(Newest, model.Count);
        Assert.InRange(window.Steps.Length, newest, newest + Buckets);
        Assert.Equal(model.TakeLast(newest), window.Steps.Zip(window.Values).TakeLast(newest));
        Assert.Equal(model.Min(point => point.Value), window.Min.Min());
        Assert.Equal(model.Max(point => point.Value), window.Max.Max());
        if (model.Count > Newest)
        {
            var old = model.SkipLast(Newest).ToList();
            Assert.Equal(old.Max(point => point.Value), window.Max.SkipLast(Newest).Max());
            Assert.All(window.Steps.Zip(window.Values).SkipLast(Newest), point => Assert.Contains(point, old));
        }
    }
}
