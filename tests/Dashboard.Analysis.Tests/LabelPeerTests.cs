using System.Globalization;
using System.Text.Json;
using Dashboard.Torch.Tests;

namespace Dashboard.Analysis.Tests;

/// <summary>Against scipy and scikit-learn, on random counts and arguments.</summary>
public sealed class LabelPeerTests : IAsyncLifetime
{
    // Both sides round some thousand operations of 1.1e-16; scipy's own error near the limits of its expansions is of this size.
    private const double Tolerance = 1e-12;
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-labels-").FullName;
    private JsonElement _said;

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_folder, "peers.json");
        await PythonScript.RunAsync("label_peers.py", file);
        _said = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public void Labels_OfRandomCounts_AgreeWithTheirPeers()
    {
        var cases = _said.GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(10, cases.Count);
        foreach (var one in cases)
        {
            var (a, b) = (Counts(one, "a"), Counts(one, "b"));
            var found = LabelComparison.Of(a, b);
            Close(one, "tv", found.TotalVariation);
            Close(one, "kl", found.Kl);
            Close(one, "kl_reverse", found.KlReverse);
            Close(one, "js", found.JensenShannon);
            Close(one, "psi", found.Psi);
            Close(one, "chi2", found.ChiSquared);
            Close(one, "p", found.P);
            Assert.Equal(one.GetProperty("dof").GetInt32(), found.DegreesOfFreedom);
            Close(one, "entropy", LabelImbalance.Of(a).Entropy);
            var weights = ClassWeights.Balanced(a).Where(weight => !double.IsNaN(weight)).ToArray();
            var expected = one.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble()).ToArray();
            Assert.Equal(expected.Length, weights.Length);
            Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, Tolerance * pair.First));
        }
        Assert.Contains(cases, one => one.GetProperty("kl").ValueKind == JsonValueKind.String);

        // Of random arguments, over ten decades of shapes.
        foreach (var one in _said.GetProperty("gamma").EnumerateArray())
        {
            var (shape, x) = (one[0].GetDouble(), one[1].GetDouble());
            Near(one[2].GetDouble(), IncompleteGamma.Upper(shape, x), shape, x);
            Near(one[3].GetDouble(), IncompleteGamma.Lower(shape, x), shape, x);
        }
    }

    // Further down scipy's own error is larger than this: 1.6e-12 at 1e-73 and 1.4e-12 at 1e-190, where ours is below 1e-13 (LabelTests has both to forty digits).
    private static void Near(double expected, double actual, double shape, double x)
    {
        if (expected > 1e-30)
            Assert.True(Math.Abs(expected - actual) <= Tolerance * expected, string.Create(CultureInfo.InvariantCulture, $"({shape:R}, {x:R}): {expected:R} and {actual:R}"));
    }

    private static long[] Counts(JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(count => count.GetInt64())];

    private static void Close(JsonElement one, string name, double actual)
    {
        var value = one.GetProperty(name);
        if (value.ValueKind == JsonValueKind.String)
            Assert.Equal(double.PositiveInfinity, actual);
        else
            Assert.True(Math.Abs(value.GetDouble() - actual) <= Tolerance * Math.Max(1e-3, Math.Abs(value.GetDouble())), string.Create(CultureInfo.InvariantCulture, $"{name}: {value.GetDouble():R} and {actual:R}"));
    }
}
