namespace Dashboard.Analysis.Tests;

public sealed class RandomForestTests
{
    private const int Rows = 200;
    private static readonly ForestOptions Options = new() { Seed = 3, Trees = 100 };

    // Five columns of noise from a fixed seed, and a target that only the third has a part in.
    private static (List<double[]> Columns, double[] Target) OneThatMatters()
    {
        var random = new Random(11);
        var columns = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, Rows).Select(_ => random.NextDouble()).ToArray()).ToList();
        return (columns, [.. columns[2].Select(x => Math.Sin(6 * x))]);
    }

    private static ForestResult Fit(IEnumerable<ForestFeature> features, double[] target, ForestOptions? options = null) =>
        RandomForest.Fit([.. features], target, options ?? Options, CancellationToken.None);

    private static ForestResult Fit(IEnumerable<double[]> columns, double[] target, ForestOptions? options = null) =>
        Fit(columns.Select(column => ForestFeature.OfNumbers(column)), target, options);

    [Fact]
    public void Fit_OneRelevantFeature_GivesItNearlyAllImportance()
    {
        var (columns, target) = OneThatMatters();

        var result = Fit(columns, target);

        // A forest of 200 rows draws a sine well; shuffling its only cause makes the error about twice the variance.
        Assert.InRange(result.OutOfBagRSquared, .95, 1);
        Assert.InRange(result.Importance[2], 1, 2.5);
        Assert.All(new[] { 0, 1, 3, 4 }, other => Assert.InRange(result.Importance[other], -.05, .05));
    }

    [Fact]
    public void Fit_ConstantFeature_HasNoImportanceAtAll()
    {
        var (columns, target) = OneThatMatters();
        columns[0] = [.. Enumerable.Repeat(.1, Rows)];
        columns[1] = [.. Enumerable.Repeat(double.NaN, Rows)];

        var result = Fit(columns, target);

        Assert.Equal((0.0, 0.0), (result.Importance[0], result.Importance[1]));
    }

    [Fact]
    public void Fit_TargetOfNoiseAlone_ExplainsNothing()
    {
        var (columns, _) = OneThatMatters();
        var random = new Random(12);

        var result = Fit(columns, [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())]);

        // Out-of-bag predictions of noise are worse than its mean.
        Assert.InRange(result.OutOfBagRSquared, -1, .1);
        Assert.All(result.Importance, one => Assert.InRange(one, -.3, .3));
    }

    [Fact]
    public void Fit_SameSeed_IsTheSameOnAnyNumberOfThreads()
    {
        var (columns, target) = OneThatMatters();

        var one = Fit(columns, target, Options with { Threads = 1 });
        var many = Fit(columns, target, Options with { Threads = 8 });
        var other = Fit(columns, target, Options with { Seed = 4 });

        Assert.Equal(one.Importance, many.Importance);
        Assert.Equal(one.OutOfBagRSquared, many.OutOfBagRSquared);
        Assert.NotEqual(one.Importance, other.Importance);
    }

    [Fact]
    public void Fit_ColumnsInAnotherOrder_FindsTheSameOneThatMatters()
    {
        var (columns, target) = OneThatMatters();
        int[] order = [4, 2, 0, 3, 1];

        var result = Fit(order.Select(at => columns[at]), target);

        Assert.Equal(1, result.Importance.Index().MaxBy(one => one.Item).Index);
        Assert.InRange(result.OutOfBagRSquared, .95, 1);
    }

    [Fact]
    public void Fit_Categories_AreSplitWithoutAnOrder()
    {
        // "b" and "d" are good: no threshold in any order of names finds that in one split.
        var names = Enumerable.Range(0, Rows).Select(at => "abcde"[at % 5].ToString()).ToArray();
        var target = Array.ConvertAll(names, name => name is "b" or "d" ? 1.0 : 0);
        var noise = OneThatMatters().Columns[0];

        var result = Fit([ForestFeature.OfCategories(names), ForestFeature.OfNumbers(noise)], target);

        Assert.InRange(result.OutOfBagRSquared, .99, 1);
        Assert.InRange(result.Importance[1], -.01, .01);
    }

    [Fact]
    public void Fit_MoreCategoriesThanBins_StillRuns()
    {
        var target = Enumerable.Range(0, 600).Select(at => at % 2.0).ToArray();

        var result = Fit([ForestFeature.OfCategories(Enumerable.Range(0, 600).Select(at => $"run {at}")), ForestFeature.OfNumbers(target)], target);

        // A name that each row has for itself tells nothing of a row not seen.
        Assert.InRange(result.Importance[0], -.05, .05);
        Assert.InRange(result.OutOfBagRSquared, .95, 1);
    }

    [Fact]
    public void Fit_MissingValues_AreAValueThatCanMatter()
    {
        var (columns, _) = OneThatMatters();
        var gaps = columns[0].Select((value, at) => at % 3 == 0 ? double.NaN : value).ToArray();
        var target = Array.ConvertAll(gaps, value => double.IsNaN(value) ? 5.0 : value < .5 ? 0 : 10);

        var result = Fit([gaps, columns[1]], target);

        // Jumps of ten: the few rows beside one are what is not explained.
        Assert.InRange(result.OutOfBagRSquared, .94, 1);
        Assert.InRange(result.Importance[1], -.02, .02);
    }

    [Fact]
    public void Fit_MoreNumbersThanBins_LosesLittle()
    {
        var x = Enumerable.Range(0, 3000).Select(at => (double)at).ToArray();

        var result = Fit([x], x);

        // Bins of 12 values each: what they blur is 1/255² of the range, far below this.
        Assert.InRange(result.OutOfBagRSquared, .999, 1);
    }

    [Fact]
    public void Fit_NoFeatures_ExplainsNothing()
    {
        var result = Fit(new List<double[]>(), [1, 2, 3, 4]);

        Assert.Empty(result.Importance);
        Assert.True(result.OutOfBagRSquared <= 0);
    }

    [Fact]
    public void Fit_BadTarget_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Fit([new double[] { 1, 2 }], [.1, .1]));
        Assert.Throws<ArgumentException>(() => Fit([new double[] { 1, 2 }], [1, double.NaN]));
        Assert.Throws<ArgumentException>(() => Fit([new double[] { 1, 2 }], [1, 2, 3]));
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        var (columns, target) = OneThatMatters();

        Assert.Throws<OperationCanceledException>(() => RandomForest.Fit([ForestFeature.OfNumbers(columns[0])], target, Options, new CancellationToken(true)));
    }
}
