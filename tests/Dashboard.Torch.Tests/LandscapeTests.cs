using Dashboard.Tensors;

namespace Dashboard.Torch.Tests;

[Collection(TorchGroup.Name)]
public sealed class LandscapeTests(TorchFixture torch)
{
    // What separates float32 from float64 on networks of this size is about 1e-6; the interface promises 2e-4.
    private const double Agreement = 2e-4;

    [Fact]
    public void Quadratic_AlongItsAxes_GivesTheKnownLosses()
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");

        // 7 × 4 points with y from 0: a grid that is not square, with an end at zero.
        var (losses, result) = Compute(model, batch, new(LossKind.Output), Axes(model), new(new(-3, 3, 7), new(0, 3, 4), 5));

        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 7; column++)
            {
                double x = column - 3, y = row;
                Assert.Equal(Quadratic(x, y), losses[row * 7 + column]);
            }
        }
        Assert.Equal(4.125, result.Center.Loss);
        Assert.Null(result.Center.Accuracy);
        Assert.Equal(6, result.Tiles);
    }

    [Theory]
    [InlineData(-1, -1, 2.125)]
    [InlineData(-1, 0, 2.125)]
    [InlineData(0, 0, 4.125)]
    [InlineData(0, 1, 13.125)]
    [InlineData(1, 1, 19.125)]
    public void Quadratic_NamedPoints_AreExact(double a, double b, double expected)
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");
        using var plane = model.CreatePlane(Axes(model));
        var loss = new double[1];

        model.EvaluateTile(batch, plane, new(LossKind.Output), [a, b], loss, []);

        Assert.Equal(expected, loss[0]);
        Assert.Equal([1, -1, 2, 0.5], model.Read().Parameters);
    }

    [Fact]
    public void Losses_BelowZero_AreKept()
    {
        using var model = torch.Model("negative");
        using var batch = torch.Batch("one");

        var (losses, _) = Compute(model, batch, new(LossKind.Output), Axes(model), new(new(-1, 1, 3)));

        Assert.Equal([-97.875, -95.875, -89.875], losses);
    }

    [Fact]
    public void Regularisers_AddTheirNorms()
    {
        using var model = torch.Model("quadratic");
        using var batch = torch.Batch("one");

        // Σ|θ| = 4.5 and Σθ² = 6.25 for θ = (1, −1, 2, ½).
        Assert.Equal(4.125 + 0.5 * 4.5 + 2 * 6.25, model.Evaluate(batch, new(LossKind.Output, L1: 0.5, L2: 2)).Loss);
    }

    [Theory]
    [InlineData("mlp", "mlp", 64)]
    [InlineData("mlp_scripted", "mlp", 256)]
    [InlineData("cnn", "cnn", 32)]
    [InlineData("lstm", "lstm", 4)]
    [InlineData("tied", "tied", 5)]
    [InlineData("listed", "listed", 5)]
    public void Grid_AgainstPythonInFloat64_Agrees(string name, string reference, int batchSize)
    {
        using var model = torch.Model(name);
        using var batch = torch.Batch($"{reference}_batch");
        var expected = torch.References.GetProperty(reference);
        var x = expected.GetProperty("x").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var y = expected.GetProperty("y").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var plane = new WeightPlane(
            model.Read(),
            WeightFile.ReadDirection(torch.PathOf($"{reference}_x.safetensors"), model),
            WeightFile.ReadDirection(torch.PathOf($"{reference}_y.safetensors"), model));

        var loss = reference is "tied" or "listed" ? LossKind.Mse : LossKind.CrossEntropy;
        var (losses, _) = Compute(model, batch, new(loss, BatchSize: batchSize), plane, new(new(x[0], x[^1], x.Length), new(y[0], y[^1], y.Length), 3));

        var flat = expected.GetProperty("loss").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble()).ToArray();
        for (var i = 0; i < flat.Length; i++) Assert.Equal(flat[i], losses[i], Agreement * Math.Max(1, Math.Abs(flat[i])));
    }

    [Fact]
    public void FilterNormalisation_OfARescaledNetwork_GivesTheSameCurve()
    {
        using var batch = torch.Batch("relu_batch");
        double[] Curve(string name)
        {
            using var model = torch.Model(name);
            Assert.Equal(TensorType.Float64, model.Type);
            var weights = model.Read();
            var plane = new WeightPlane(weights, Directions.Random(model, weights, new RandomDirection(8)));
            return Compute(model, batch, new(LossKind.CrossEntropy), plane, new(new(-1, 1, 21))).Losses;
        }

        var plain = Curve("relu");
        var rescaled = Curve("relu_rescaled");

        // The definition's own tolerance, in float64.
        for (var i = 0; i < plain.Length; i++) Assert.Equal(plain[i], rescaled[i], 1e-12);
        Assert.InRange(plain.Max() - plain.Min(), 0.01, double.MaxValue);
    }

    [Fact]
    public void Between_TwoNetworks_HasTheirLossesAtItsEnds()
    {
        using var model = torch.Model("cnn");
        using var batch = torch.Batch("cnn_batch");
        var objective = new Objective(LossKind.CrossEntropy, BatchSize: 32);
        var from = model.Read();
        var to = WeightFile.ReadCheckpoint(torch.PathOf("cnn_other.safetensors"), model);

        var (losses, _) = Compute(model, batch, objective, Directions.Between(from, to), new(new(0, 1, 3)));

        var atStart = model.Evaluate(batch, objective).Loss;
        model.Write(to);
        Assert.Equal(atStart, losses[0]);
        Assert.Equal(model.Evaluate(batch, objective).Loss, losses[2]);
        var expected = torch.References.GetProperty("between").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], losses[i], Agreement * expected[i]);
    }

    [Fact]
    public void Workers_OneOrThree_GiveTheSameBits()
    {
        using var model = torch.Model("cnn");
        using var batch = torch.Batch("cnn_batch");
        var weights = model.Read();
        var plane = new WeightPlane(weights, Directions.Random(model, weights, new(1)), Directions.Random(model, weights, new(1, Axis: 1)));
        var grid = new LandscapeGrid(new(-1, 1, 6), new(-1, 1, 5), 4);

        var alone = Compute(model, batch, new(LossKind.CrossEntropy), plane, grid, workers: 1).Losses;
        var three = Compute(model, batch, new(LossKind.CrossEntropy), plane, grid, workers: 3).Losses;

        Assert.Equal(alone, three);
        Assert.Equal(weights.Parameters, model.Read().Parameters);
    }

    [Fact]
    public void DoneTiles_AreLeftOut_AndTheRestIsTheSame()
    {
        using var model = torch.Model("mlp");
        using var batch = torch.Batch("mlp_batch");
        var weights = model.Read();
        var plan = Plan(model, batch, new(LossKind.CrossEntropy), new(weights, Directions.Random(model, weights, new(1))), new(new(-1, 1, 11), tilePoints: 2));
        var whole = Collect(plan);

        var rest = Collect(plan with { DoneTiles = new HashSet<int> { 0, 1, 4 } });

        Assert.Equal([2, 3, 5], rest.Select(tile => tile.Index).Order());
        foreach (var tile in rest) Assert.Equal(whole.Single(other => other.Index == tile.Index).Loss, tile.Loss);
        Assert.All(whole, tile => Assert.All(tile.Accuracy!, share => Assert.InRange(share, 0, 1)));
    }

    [Fact]
    public void Overflow_StaysNaN()
    {
        using var model = torch.Model("mlp");
        using var batch = torch.Batch("mlp_batch");
        var weights = model.Read();
        var direction = new double[model.ParameterCount];
        Array.Fill(direction, 1e30);

        var (losses, result) = Compute(model, batch, new(LossKind.CrossEntropy), new(weights, direction), new(new(0, 2, 3)));

        Assert.True(double.IsFinite(result.Center.Loss));
        Assert.Equal(result.Center.Loss, losses[0]);
        Assert.True(double.IsNaN(losses[2]), $"{losses[2]}");
    }

    [Fact]
    public void Progress_CountsEveryPointOnce()
    {
        using var model = torch.Model("mlp");
        using var batch = torch.Batch("mlp_batch");
        var weights = model.Read();
        var plan = Plan(model, batch, new(LossKind.CrossEntropy), new(weights, weights.Parameters), new(new(-1, 1, 10), tilePoints: 4));
        var heard = new Heard<LandscapeProgress>();

        LandscapeEngine.Compute(plan, heard);

        Assert.Equal(10, heard.All.Max(progress => progress.PointsDone));
        Assert.Equal([0, 1, 2], heard.All.Where(progress => progress.Tile is not null).Select(progress => progress.Tile!.Index).Order());
    }

    [Fact]
    public async Task Cancel_InTheMiddleOfATile_StopsWithinIt()
    {
        using var model = torch.Model("slow");
        using var batch = torch.Batch("slow_batch");
        var weights = model.Read();
        var plan = Plan(model, batch, new(LossKind.CrossEntropy, BatchSize: 64), new(weights, weights.Parameters), new(new(-1, 1, 1000), tilePoints: 1000));
        using var cancel = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var heard = new Heard<LandscapeProgress>(_ => begun.TrySetResult());
        var work = Task.Run(() => LandscapeEngine.Compute(plan, heard, cancel.Token));
        await begun.Task;

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);

        // The tile's other points take minutes; how quickly it stops is for a benchmark to say.
        Assert.True(heard.All.Max(progress => progress.PointsDone) < 1000);
    }

    [Fact]
    public void Barrier_IsTheRiseAboveTheChord()
    {
        Assert.Equal(2, LandscapeEngine.Barrier([-1, 0, 0.5, 1], [99, 1, 4, 3], 1, 3));
        Assert.Equal(0, LandscapeEngine.Barrier([0, 0.5, 1], [1, 0, 3], 1, 3));
        Assert.True(double.IsNaN(LandscapeEngine.Barrier([0, 0.5, 1], [1, double.NaN, 3], 1, 3)));
    }

    private static double Quadratic(double x, double y) => 0.5 * (4 * (1 + x) * (1 + x) + 1 + 0.25 * 4 + 9 * (0.5 + y) * (0.5 + y));

    private static WeightPlane Axes(ITorchModel model) => new(model.Read(), [1, 0, 0, 0], [0, 0, 0, 1]);

    private static LandscapePlan Plan(ITorchModel model, ITorchBatch batch, Objective objective, WeightPlane plane, LandscapeGrid grid, int workers = 2) =>
        new() { Model = model, Batch = batch, Objective = objective, Plane = plane, Grid = grid, Workers = workers };

    private static List<LandscapeTile> Collect(LandscapePlan plan)
    {
        var heard = new Heard<LandscapeProgress>();
        LandscapeEngine.Compute(plan, heard);
        return [.. heard.All.Select(progress => progress.Tile).OfType<LandscapeTile>()];
    }

    private static (double[] Losses, LandscapeResult Result) Compute(
        ITorchModel model, ITorchBatch batch, Objective objective, WeightPlane plane, LandscapeGrid grid, int workers = 2)
    {
        var losses = new double[grid.Points];
        var heard = new Heard<LandscapeProgress>();
        var result = LandscapeEngine.Compute(Plan(model, batch, objective, plane, grid, workers), heard);
        foreach (var tile in heard.All.Select(progress => progress.Tile).OfType<LandscapeTile>()) tile.Loss.CopyTo(losses, tile.First);
        return (losses, result);
    }
}
