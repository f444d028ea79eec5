using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

[Collection(ModelsGroup.Name)]
public sealed class LandscapeJobTests(ModelsFixture models)
{
    // What the interface promises of float32 against float64.
    private const double Agreement = 2e-4;

    private static LandscapeSpec Quadratic(Workshop shop, AxisSpec? x = null, AxisSpec? y = null) => new()
    {
        Model = shop.Put("quadratic.pt"),
        Batch = shop.Put("one.safetensors"),
        Loss = "output",
        Directions = new DirectionsSpec { Kind = "given", X = shop.Server.Put("e1", Tensors.Axis(0)), Y = shop.Server.Put("e4", Tensors.Axis(3)) },
        X = x ?? new AxisSpec { From = -3, To = 3, Points = 7 },
        Y = y ?? new AxisSpec { From = 0, To = 3, Points = 4 },
    };

    [Fact]
    public async Task Quadratic_AlongGivenAxes_GivesTheKnownLosses()
    {
        await using var shop = new Workshop(models);

        var view = await shop.ResultOf(Quadratic(shop));

        // L = ½(4(1 + x)² + 1 + ¼·4 + 9(½ + y)²) at θ = (1, −1, 2, ½).
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 7; column++)
            {
                double x = column - 3, y = row;
                Assert.Equal(0.5 * (4 * (1 + x) * (1 + x) + 1 + 1 + 9 * (0.5 + y) * (0.5 + y)), view.Loss[row][column]);
            }
        }
        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], view.X);
        Assert.Equal([0, 1, 2, 3], view.Y!);
        Assert.Equal(4.125, view.CenterLoss);
        Assert.Equal(1, view.ConvexShare);
        Assert.Equal([1, 1], view.DirectionNorms!);
        Assert.Null(view.Accuracy);
        Assert.Equal("cpu", view.Device);
        Assert.StartsWith("libtorch ", view.Engine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public async Task Grid_AgainstPythonInFloat64_Agrees(string name)
    {
        await using var shop = new Workshop(models);
        var expected = models.References.GetProperty(name);
        var x = expected.GetProperty("x").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var y = expected.GetProperty("y").EnumerateArray().Select(value => value.GetDouble()).ToArray();

        var view = await shop.ResultOf(new LandscapeSpec
        {
            Model = shop.Put($"{name}.pt"),
            Batch = shop.Put($"{name}_batch.safetensors"),
            ValidationBatch = shop.Put($"{name}_batch.safetensors"),
            Loss = "cross_entropy",
            Directions = new DirectionsSpec { Kind = "given", X = shop.Put($"{name}_x.safetensors"), Y = shop.Put($"{name}_y.safetensors") },
            X = new AxisSpec { From = x[0], To = x[^1], Points = x.Length },
            Y = new AxisSpec { From = y[0], To = y[^1], Points = y.Length },
        });

        for (var row = 0; row < y.Length; row++)
        {
            for (var column = 0; column < x.Length; column++)
            {
                var reference = expected.GetProperty("loss")[row][column].GetDouble();
                Assert.Equal(reference, view.Loss[row][column], Agreement * Math.Max(1, Math.Abs(reference)));
            }
        }
        Assert.Equal(view.Loss, view.Validation!.Loss);
        Assert.NotNull(view.Accuracy);
    }

    [Fact]
    public async Task Between_ACheckpoint_HasTheLossesOfItsEndsExactly()
    {
        await using var shop = new Workshop(models);
        var reference = models.References.GetProperty("between").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var spec = new LandscapeSpec
        {
            Model = shop.Put("cnn.pt"),
            Batch = shop.Put("cnn_batch.safetensors"),
            Loss = "cross_entropy",
            Directions = new DirectionsSpec { Kind = "between", To = shop.Put("cnn_other.safetensors") },
            X = new AxisSpec { Points = 5 },
        };

        var view = await shop.ResultOf(spec);

        Assert.Equal([-0.5, 0, 0.5, 1, 1.5], view.X);
        for (var i = 0; i < 3; i++) Assert.Equal(reference[i], view.Loss[0][i + 1], Agreement);
        Assert.Equal(view.CenterLoss, view.Loss[0][1]);
        Assert.Equal(Math.Max(0, view.Loss[0][2] - (view.Loss[0][1] + view.Loss[0][3]) / 2), view.Barrier!.Value, 1e-12);
        Assert.Null(view.Y);
    }

    [Fact]
    public async Task Pca_OfCheckpoints_FramesTheirPathAndTellsTheirLosses()
    {
        await using var shop = new Workshop(models);
        string[] names = ["a", "b", "c", "d"];
        for (var i = 0; i < names.Length; i++) shop.Server.Put(names[i], Tensors.Theta(Math.Cos(i), Math.Sin(i), i * 0.01, 0), step: 10 * i);

        var view = await shop.ResultOf(new LandscapeSpec
        {
            Model = shop.Put("quadratic.pt"),
            Batch = shop.Put("one.safetensors"),
            Loss = "output",
            Directions = new DirectionsSpec { Kind = "pca", Checkpoints = names },
            X = new AxisSpec { Points = 11 },
            Y = new AxisSpec { Points = 9 },
        });

        var path = view.Path!;
        Assert.Equal(names, path.Names);
        Assert.Equal([0, 10, 20, 30], path.Steps!.Select(step => step!.Value));
        // The last checkpoint is the origin.
        Assert.Equal(0, path.X[^1], 1e-9);
        Assert.Equal(0, path.Y[^1], 1e-9);
        for (var i = 0; i < names.Length; i++)
        {
            var (first, second, third) = (Math.Cos(i), Math.Sin(i), i * 0.01);
            // Weights are float32.
            Assert.Equal(0.5 * (4 * first * first + second * second + 0.25 * third * third), path.Loss[i], 1e-6);
        }
        var width = path.X.Max() - path.X.Min();
        Assert.Equal(path.X.Min() - 0.2 * width, view.X[0], 1e-9);
        Assert.Equal(path.X.Max() + 0.2 * width, view.X[^1], 1e-9);
        Assert.Equal(1, view.ExplainedVariance!.Sum(), 1e-9);
    }

    [Fact]
    public async Task Hessian_OfAQuadratic_FindsItsSteepestAndFlattestAxes()
    {
        await using var shop = new Workshop(models);

        var view = await shop.ResultOf(Quadratic(shop) with
        {
            Directions = new DirectionsSpec { Kind = "hessian" },
            X = new AxisSpec { Points = 5 },
            Y = new AxisSpec { Points = 5 },
        });

        // A float32 Hessian carries seven digits.
        Assert.Equal(9, view.Eigenvalues![0], 1e-5);
        Assert.Equal(0.25, view.Eigenvalues[1], 1e-5);
        // ½·9·r² = 4.125, the loss at the origin.
        Assert.Equal(Math.Sqrt(2 * 4.125 / 9), view.X[^1], 1e-5);
    }

    [Fact]
    public async Task Random_TwoSeedsAlike_GiveOnePicture()
    {
        await using var shop = new Workshop(models);
        var spec = new LandscapeSpec
        {
            Model = shop.Put("mlp.pt"),
            Batch = shop.Put("mlp_batch.safetensors"),
            Loss = "cross_entropy",
            Directions = new DirectionsSpec { Kind = "random", Seed = 3, Orthogonal = true },
            X = new AxisSpec { Points = 9 },
            Y = new AxisSpec { Points = 6 },
        };

        var one = await shop.ResultOf(spec);
        var same = await shop.ResultOf(spec);
        var other = await shop.ResultOf(spec with { Directions = spec.Directions with { Seed = 4 } });

        Assert.Equal(one.Loss, same.Loss);
        Assert.NotEqual(one.Loss, other.Loss);
        Assert.Equal(6, one.Loss.Count);
        Assert.Equal(9, one.Loss[0].Count);
        // Nine points from −1 to 1 have no rounding at the ends and in the middle.
        Assert.Equal(-1, one.X[0]);
        Assert.Equal(0, one.X[4]);
    }

    [Fact]
    public async Task Corner_ThatIsNoNumber_IsData()
    {
        await using var shop = new Workshop(models);

        var view = await shop.ResultOf(new LandscapeSpec
        {
            Model = shop.Put("blows.pt"),
            Batch = shop.Put("one.safetensors"),
            Loss = "output",
            Directions = new DirectionsSpec { Kind = "random", Biases = "scale", Normalize = "none" },
            X = new AxisSpec { From = -20, To = 20, Points = 5 },
        });

        Assert.Contains(view.Loss[0], double.IsNaN);
        Assert.Contains(view.Loss[0], double.IsFinite);
    }

    [Fact]
    public async Task Job_TakenUpAgain_KeepsItsPlanAndGivesTheSameGrid()
    {
        await using var shop = new Workshop(models);
        var spec = Quadratic(shop, new AxisSpec { From = -1, To = 1, Points = 40 }, new AxisSpec { From = -1, To = 1, Points = 40 });
        var whole = Workshop.Read(await shop.EndOf(shop.Post(spec)));
        // As a worker that died has left it: the plan, with tiles of another size than a new one would have, and some of them.
        const int TilePoints = 7;
        var plan = new LandscapePlanPart { X = whole.X, Y = whole.Y, TilePoints = TilePoints, Samples = 1, CenterLoss = whole.CenterLoss };
        var losses = whole.Loss.SelectMany(row => row).ToArray();
        var left = new List<JobPart> { new() { Stage = "plan", Index = 0, Data = JsonSerializer.SerializeToElement(plan, ContractsJson.Default.LandscapePlanPart) } };
        for (var tile = 0; tile * TilePoints < losses.Length; tile += 3)
        {
            var first = tile * TilePoints;
            var data = new LandscapeTilePart { First = first, Loss = losses[first..Math.Min(first + TilePoints, losses.Length)] };
            left.Add(new JobPart { Stage = "loss", Index = tile, Data = JsonSerializer.SerializeToElement(data, ContractsJson.Default.LandscapeTilePart) });
        }

        var second = shop.Post(spec with { X = new AxisSpec { From = -1, To = 1, Points = 40 } }, left, backend: "cuda:1");
        var resumed = Workshop.Read(await shop.EndOf(second));

        Assert.Equal(whole.Loss, resumed.Loss);
        Assert.Contains(resumed.Notes!, note => note.Contains("cuda:1", StringComparison.Ordinal));
        var known = left.Select(part => (part.Stage, part.Index)).ToHashSet();
        Assert.DoesNotContain(second.Reports.Skip(1).SelectMany(report => report.Parts ?? []), part => known.Contains((part.Stage, part.Index)));
    }

    [Fact]
    public async Task LongJob_ShowsAPreviewOfASubsampleFirst()
    {
        await using var shop = new Workshop(models);
        var job = shop.Post(new LandscapeSpec
        {
            Model = shop.Put("slow.pt"),
            Batch = shop.Put("slow_batch.safetensors"),
            Loss = "cross_entropy",
            Directions = new DirectionsSpec { Kind = "random" },
            X = new AxisSpec { Points = 25 },
            Y = new AxisSpec { Points = 25 },
        });

        await job.Until(waited => waited.Parts.Any(part => part.Stage == "preview"), shop.Waiting);

        Assert.Equal("plan", job.Parts[0].Stage);
        Assert.Equal("preview", job.Parts[1].Stage);
    }
}
