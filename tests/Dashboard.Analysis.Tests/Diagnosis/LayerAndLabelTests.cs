using static Dashboard.Analysis.Tests.MadeCurves;

namespace Dashboard.Analysis.Tests;

/// <summary>Findings about layers and labels.</summary>
public sealed class LayerAndLabelTests
{
    [Theory]
    [InlineData("gradients/{0}/norm")]
    [InlineData("gradients/{0}.weight/norm")]
    [InlineData("grad_norm/{0}")]
    [InlineData("{0}/grad_norm")]
    [InlineData("grads/{0}")]
    [InlineData("train/gradients/{0}")]
    public void TinyNorm_VanishesAndHugeOneExplodes_UnderAnyUsualTag(string pattern)
    {
        string Tag(string layer) => string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, layer);

        var found = Read(Curve(Tag("layer1"), 20, _ => 1e-9, 0.1), Curve(Tag("layer2"), 20, _ => 0.3, 0.1), Curve(Tag("layer3"), 20, _ => 1e6, 0.1));

        Assert.Equal([("exploding_gradients", Tag("layer3"))], found.Where(finding => finding.Code == "exploding_gradients").Select(finding => (finding.Code, finding.Tag)));
        Assert.Contains(found, finding => finding.Code == "vanishing_gradients" && finding.Tag == Tag("layer1"));
    }

    [Theory]
    [InlineData("grad_norm")]
    [InlineData("train/grad_norm")]
    [InlineData("gradients/norm")]
    [InlineData("grad_2.0_norm_total")]
    public void NormOfAllThatGrows_Explodes(string tag)
    {
        var finding = Assert.Single(Read(Curve(tag, 40, t => Math.Pow(10, 6 * t))));

        Assert.Equal(("exploding_gradients", tag), (finding.Code, finding.Tag));
    }

    [Fact]
    public void Histograms_StandInForNorms()
    {
        HistogramCurve Layer(string name, double size) => new($"gradients/{name}", [0, 10, 20], [.. Enumerable.Repeat(HistogramSummary.Of([-size, 0, size], [50, 50]), 3)]);

        var found = Diagnosis.Read(new RunSignals { Histograms = [Layer("a", 1e-9), Layer("b", 0.1), new("weights/c", [0], [default])] }, RuleSet.Default);

        Assert.Equal(("vanishing_gradients", "gradients/a"), Assert.Single(found.Select(finding => (finding.Code, finding.Tag))));
    }

    [Fact]
    public void Summary_OfEvenBins_IsTheNormOfEvenValues()
    {
        // 300 values spread evenly over −1 to 1 have the mean square 1/3.
        var summary = HistogramSummary.Of([-1, 0, 1], [100, 200]);

        Assert.Equal(10, summary.Norm, 1e-12);
        Assert.Equal((300, 1), (summary.Count, summary.Largest));
    }

    [Fact]
    public void NineToOne_IsAnImbalance()
    {
        var finding = Assert.Single(Labels(("train", [900, 100])));

        Assert.Equal(("class_imbalance", "train"), (finding.Code, finding.Tag));
        Assert.Contains("90 %", finding.Sentence.En, StringComparison.Ordinal);
        Assert.Null(finding.FromStep);
    }

    [Fact]
    public void OtherSharesInValidation_AreAShift()
    {
        var finding = Assert.Single(Labels(("train", [100, 100, 100]), ("val", [30, 20, 10])));

        Assert.Equal(("split_shift", "val"), (finding.Code, finding.Tag));
        Assert.Contains("p = 0.0151", finding.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void EvenLabels_SayNothing()
    {
        Assert.Empty(Labels(("train", [480, 520]), ("val", [52, 48])));
        Assert.Empty(Labels(("train", [3, 9])));
        Assert.Empty(Labels(("train", []), ("val", [])));
    }

    private static IReadOnlyList<Finding> Labels(params (string Split, long[] Counts)[] splits) => Diagnosis.Read(
        new RunSignals { Labels = splits.ToDictionary(split => split.Split, split => (IReadOnlyDictionary<string, long>)split.Counts.Select((count, at) => (Name: $"class{at}", count)).ToDictionary(pair => pair.Name, pair => pair.count)) },
        RuleSet.Default);
}
