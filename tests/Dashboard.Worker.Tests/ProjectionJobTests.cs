using System.Text;
using System.Text.Json;
using Dashboard.Analysis;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

[Collection(ModelsGroup.Name)]
public sealed class ProjectionJobTests(ModelsFixture models)
{
    private static readonly VectorTable Table = VectorsOf.Clusters(300, 12);

    private static ProjectionView Read(JobEnd end)
    {
        Assert.True(end.Error is null, end.Error);
        return end.Result!.Value.Deserialize(ContractsJson.Default.ProjectionView)!;
    }

    private static IReadOnlyList<ProjectionFramePart> Frames(StandInJob job) =>
        [.. job.Parts.Where(part => part.Stage == "frame").Select(part => part.Data.Deserialize(ContractsJson.Default.ProjectionFramePart)!)];

    private async Task Refused(ProjectionSpec spec, byte[] vectors, params string[] named)
    {
        await using var shop = new Workshop(models);

        var (code, error) = await shop.FailureOf(shop.Post(spec, vectors));

        Assert.Equal("bad_input", code);
        Assert.All(named, word => Assert.Contains(word, error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pca", 2)]
    [InlineData("pca", 3)]
    [InlineData("tsne", 2)]
    [InlineData("umap", 3)]
    public async Task Coordinates_AreThoseOfTheAnalysis(string method, int dims)
    {
        await using var shop = new Workshop(models);
        var spec = new ProjectionSpec { Method = method, Dims = dims, Iterations = method == "pca" ? null : 60, Seed = 3, PointQuality = true };

        var job = shop.Post(spec, Tensors.Of(("vectors", Table)));
        var view = Read(await shop.EndOf(job));

        // One seed gives one picture, on any number of cores.
        var own = Projection.Run(Table, ProjectionSettingsReader.Read(spec, Table.Rows, null), new ComputeOptions { Threads = 1 }, new Nobody());
        Assert.Equal((300, 12), (view.Rows, view.Columns));
        Assert.Equal(own.Coordinates.Values, view.Coordinates.SelectMany(row => row));
        Assert.All(view.Coordinates, row => Assert.Equal(dims, row.Count));
        Assert.Equal(own.PointPreservation, view.PointPreservation);
        Assert.Equal(own.Trustworthiness, view.Trustworthiness);
        Assert.Equal("cpu", view.Device);
        Assert.StartsWith("lossboard ", view.Engine, StringComparison.Ordinal);
        // What was not said on the way is said at the end.
        Assert.Contains(job.Said, line => line.StartsWith("300 vectors of 12 numbers: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pictures_ComeOnTheWay_AndGoOnWhereAnEarlierLeaseEnded()
    {
        await using var shop = new Workshop(models);
        var earlier = new ProjectionFramePart { Iteration = 1, Iterations = 60, Rows = 300, Low = [0, 0], High = [1, 1], Packed = "" };
        var stored = new JobPart { Stage = "frame", Index = 6, Data = JsonSerializer.SerializeToElement(earlier, ContractsJson.Default.ProjectionFramePart) };

        var job = shop.Post(new ProjectionSpec { Method = "tsne", Iterations = 60 }, Tensors.Of(("vectors", Table)), [stored]);
        Read(await shop.EndOf(job));

        // What was still on its way when the job ended is not sent.
        var own = job.Parts.Skip(1).ToList();
        Assert.Equal(Enumerable.Range(7, own.Count), own.Select(part => part.Index));
        foreach (var frame in Frames(job).Skip(1))
        {
            Assert.Equal((300, 60), (frame.Rows, frame.Iterations));
            Assert.InRange(frame.Iteration, 1, 59);
            Assert.Equal(300 * 2 * 2, Convert.FromBase64String(frame.Packed).Length);
            Assert.All(frame.Low.Zip(frame.High), pair => Assert.True(pair.First <= pair.Second));
        }
    }

    [Fact]
    public async Task StoppedWorker_LeavesItsJobToAnother_WhichBeginsAnew()
    {
        await using var first = new Workshop(models);
        var spec = new ProjectionSpec { Method = "tsne", Iterations = 2000 };
        var job = first.Post(spec, Tensors.Of(("vectors", VectorsOf.Clusters(400, 8))));
        await job.Until(waited => waited.Parts.Count > 0, first.Waiting);
        await first.StopAsync();
        var (given, seen) = (job.End!.GivenBack, job.Parts.Count);

        await using var second = new Workshop(models, options => options with { Server = first.Server.Address });
        await job.Until(waited => waited.End?.Result is not null, second.Waiting);

        Assert.True(given);
        Assert.Equal(400, Read(job.End!).Rows);
        Assert.True(job.Parts.Count > seen);
        Assert.Equal(Enumerable.Range(0, job.Parts.Count), job.Parts.Select(part => part.Index));
    }

    [Fact]
    public async Task GivenCoordinates_AreMeasuredAgainstTheVectors()
    {
        await using var shop = new Workshop(models);
        var given = VectorsOf.Clusters(300, 2, seed: 11);

        var view = Read(await shop.EndOf(shop.Post(new ProjectionSpec { Method = "given" }, Tensors.Of(("vectors", Table), ("coordinates", given)))));

        Assert.Equal(given.Values, view.Coordinates.SelectMany(row => row));
        Assert.NotNull(view.Trustworthiness);
    }

    [Fact]
    public async Task GivenCoordinates_WithoutVectors_AreShownAsTheyAre()
    {
        await using var shop = new Workshop(models);
        var given = VectorsOf.Clusters(40, 3);

        var view = Read(await shop.EndOf(shop.Post(new ProjectionSpec { Method = "given" }, Tensors.Of(("coordinates", given)))));

        Assert.Equal(given.Values, view.Coordinates.SelectMany(row => row));
        Assert.Null(view.Trustworthiness);
        Assert.Contains("cannot be measured", Assert.Single(view.Notes!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NumberThatIsNotFinite_IsNamedByRowAndColumn()
    {
        var broken = VectorsOf.Clusters(100, 4);
        broken.Row(42)[3] = float.NaN;

        await Refused(new ProjectionSpec { Method = "pca" }, Tensors.Of(("vectors", broken)), "Row 42", "column 3");
    }

    [Fact]
    public Task Perplexity_ThatIsTooLarge_IsNamed() => Refused(new ProjectionSpec { Method = "tsne", Perplexity = 100 }, Tensors.Of(("vectors", Table)), "perplexity");

    [Fact]
    public Task Method_ThatIsNone_IsNamed() => Refused(new ProjectionSpec { Method = "isomap" }, Tensors.Of(("vectors", Table)), "method: 'isomap'");

    [Theory]
    [InlineData("""{"vectors":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,16]}}""")]
    [InlineData("""{"vectors":{"dtype":"F32","shape":[1000000,1000],"data_offsets":[0,4000000000]}}""")]
    [InlineData("""{"vectors":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]}}""")]
    [InlineData("""{"other":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""")]
    [InlineData("no header")]
    public Task File_OfHostileSizes_IsRefused(string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return Refused(new ProjectionSpec { Method = "pca" }, [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[16]], "vectors");
    }

    [Fact]
    public async Task Memory_ThatWillNotSuffice_IsSaidBeforeItStarts()
    {
        await using var shop = new Workshop(models, options => options with { Memory = 512L << 20 });
        // Small vectors, whose neighbours take more than an engine of this size has.
        var job = shop.Post(new ProjectionSpec { Method = "umap", Neighbors = 200 }, Tensors.Of(("vectors", new VectorTable(500_000, 2))));

        var (code, error) = await shop.FailureOf(job);

        Assert.Equal("out_of_memory", code);
        Assert.Contains("--memory", error, StringComparison.Ordinal);
        Assert.DoesNotContain(job.Reports, report => report.Message == "Layout");
    }

    [Fact]
    public async Task CancelledProjection_StopsItsEngine()
    {
        await using var shop = new Workshop(models);
        var job = shop.Post(new ProjectionSpec { Method = "tsne", Iterations = 100_000 }, Tensors.Of(("vectors", VectorsOf.Clusters(2000, 8))));
        await job.Until(waited => waited.Parts.Count > 0, shop.Waiting);
        var asked = shop.Server.Asked.Count;

        job.Cancel();
        // A lane asks again only when the engine of its last job is gone.
        await shop.Server.Until(() => shop.Server.Asked.Count > asked, shop.Waiting);

        Assert.Equal(1, shop.Engines);
        Assert.Null(job.End);
    }

    private sealed class Nobody : IProjectionObserver
    {
        public void Advance(ProjectionProgress progress)
        {
        }

        public bool Wants(int iteration, int iterations) => false;

        public void Show(int iteration, int iterations, VectorTable coordinates) => throw new NotSupportedException();
    }
}
