using Dashboard.Contracts;
using Dashboard.Torch;

namespace Dashboard.Worker.Tests;

/// <summary>What is decided before the first tile, and what is made of the last.</summary>
public sealed class PlanTests
{
    private static LandscapePlane Plane(PcaPath? path = null, double[]? eigenvalues = null, double[]? origin = null) => new()
    {
        Plane = new WeightPlane(new TorchWeights(origin ?? [3, 4], []), [1, 0], [0, 1]),
        X = [1, 0],
        Y = [0, 1],
        Pca = path,
        Eigenvalues = eigenvalues,
    };

    [Theory]
    [InlineData(625, 2, 0.001, 32)]
    [InlineData(625, 2, 1e-6, 32)]
    [InlineData(100_000, 2, 1e-6, 64)]
    [InlineData(100_000, 2, 0.01, 8)]
    [InlineData(100_000, 2, 9, 1)]
    [InlineData(3, 16, 0.001, 1)]
    public void Tile_TakesAFractionOfASecondAndLeavesNoCoreIdle(int points, int workers, double seconds, int expected) => Assert.Equal(expected, TilePlan.Points(points, workers, seconds));

    [Theory]
    [InlineData(60_000, 5, 3750L)]
    [InlineData(2_000, 5, 256L)]
    [InlineData(2_000, 3, null)]
    [InlineData(400, 60, null)]
    public void Preview_IsMadeWhereTheWholeTakesLong(long samples, double seconds, long? expected) => Assert.Equal(expected, TilePlan.PreviewSamples(samples, seconds));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(27)]
    public void Order_HasEveryTileOnceAndSpreadsThem(int tiles)
    {
        var order = TilePlan.Order(tiles);

        Assert.Equal(Enumerable.Range(0, tiles), order.Order());
        if (tiles == 8) Assert.Equal([0, 4, 2, 6, 1, 5, 3, 7], order);
    }

    [Fact]
    public void Range_OfAPathAlongOneLine_HasRoomBesideIt()
    {
        var path = new PcaPath([1, 0], [0, 1], [1, 0], [new(-10, 0), new(0, 0)], [0, 0]);

        Assert.Equal((-12, 2), Ranges.Suiting("pca", Plane(path), second: false, 1));
        var (from, to) = Ranges.Suiting("pca", Plane(path), second: true, 1);
        Assert.True(from < 0 && to > 0);
    }

    [Fact]
    public void Range_AlongAFlatDirection_EndsAtTheWeightsNorm()
    {
        Assert.Equal((-5, 5), Ranges.Suiting("hessian", Plane(eigenvalues: [8, 1e-15]), second: true, 4));
        Assert.Equal((-1, 1), Ranges.Suiting("hessian", Plane(eigenvalues: [8, 1e-15]), second: false, 4));
    }

    [Fact]
    public void Range_HalfGiven_IsRefused() =>
        Assert.StartsWith("y: ", Assert.Throws<TorchInputException>(() => Ranges.Axis("y", new AxisSpec { From = 1 }, () => (0, 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void Assembly_OfPartsThatMakeNoSense_RefusesThem()
    {
        static JobPart Part(string stage, int index, string json) => new() { Stage = stage, Index = index, Data = System.Text.Json.JsonDocument.Parse(json).RootElement };
        var assembly = new LandscapeAssembly();
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part("loss", 0, """{"first":0,"loss":[1,1]}""")));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part("plan", 0, """{"x":[0],"tile_points":2,"samples":1}""")));
        assembly.Add(Part("plan", 0, """{"x":[0,1,2],"tile_points":2,"samples":1}"""));

        Assert.Throws<InvalidDataException>(() => assembly.Add(Part("loss", 0, """{"first":1,"loss":[1,1]}""")));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part("loss", 2, """{"first":4,"loss":[1,1]}""")));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part("loss", 1, """{"first":2,"loss":[1,1]}""")));
        Assert.Throws<InvalidDataException>(() => assembly.Add(Part("secrets", 0, """{"first":0,"loss":[1,1]}""")));
        assembly.Add(Part("loss", 0, """{"first":0,"loss":[1,"NaN"]}"""));
        Assert.Equal([0], assembly.Done["loss"]);
    }

    [Fact]
    public void Libraries_OutsideTheSystem_AreShown()
    {
        var folders = EngineFiles.Folders("\tlinux-vdso.so.1 (0x00007ffe)\n\tlibtorch.so => /opt/venv/torch/lib/libtorch.so (0x00007f)\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\tlibx.so => not found\n");

        Assert.Equal(["/opt/venv/torch/lib"], folders);
    }

    [Fact]
    public void Walls_ShowNoMoreThanTheEngineNeeds()
    {
        var files = new EngineFiles("/opt/dotnet", "/opt/worker/Dashboard.Worker.dll", "/opt/bridge/liblossboard_torch.so", ["/opt/venv/torch/lib"]);

        var command = new Walls(files, WallKind.SameUser).Command(new EngineStart("/scratch/engines/1", null, 1 << 30, 600));

        var shown = command.Select((word, index) => (word, index)).Where(pair => pair.word is "--ro-bind").Select(pair => command[pair.index + 1]).ToList();
        Assert.Equal(["/opt/dotnet", "/opt/worker", "/opt/bridge", "/opt/venv/torch/lib", "/scratch/engines/1"], shown.Where(path => path.StartsWith("/opt", StringComparison.Ordinal) || path.StartsWith("/scratch", StringComparison.Ordinal)));
        Assert.DoesNotContain("/", shown);
        Assert.DoesNotContain("/etc", shown);
        Assert.DoesNotContain("/home", shown);
        Assert.Contains("--unshare-all", command);
        Assert.Contains("--clearenv", command);
        Assert.Contains("--fsize=0", command);
        Assert.Contains($"--data={1 << 30}", command);
        Assert.Contains("--cpu=600:605", command);
    }

    [Fact]
    public void Walls_BesideAGpu_LeaveScratchForCompiledKernels()
    {
        var files = new EngineFiles("/opt/dotnet", "/opt/worker/Dashboard.Worker.dll", null, []);

        Assert.Contains("--fsize=268435456", new Walls(files, WallKind.SameUser).Command(new EngineStart("/scratch", 0, 1 << 30, 600)));
        // Without walls a file would be a file of this machine.
        Assert.Contains("--fsize=0", new Walls(files, WallKind.None).Command(new EngineStart("/scratch", 0, 1 << 30, 600)));
    }

    [Theory]
    [InlineData(null, "cpu", 256)]
    [InlineData(null, "cuda:0", 8192)]
    [InlineData(64, "cuda:0", 64)]
    public void BatchSize_ThatIsNotAskedFor_SuitsTheDevice(int? asked, string device, int size) => Assert.Equal(size, new BatchSize(asked, device, _ => { }).Current);
}
