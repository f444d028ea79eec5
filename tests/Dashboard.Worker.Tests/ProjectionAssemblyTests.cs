using System.Runtime.InteropServices;
using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker.Tests;

/// <summary>What an engine says of a projection is not believed.</summary>
public sealed class ProjectionAssemblyTests
{
    private static EngineBlock Block(int first, params float[] values) => Block("coordinates", 4, 2, first, values);

    private static EngineBlock Block(string name, int rows, int columns, int first, params float[] values) =>
        new() { Name = name, Rows = rows, Columns = columns, First = first, Packed = MemoryMarshal.AsBytes<float>(values).ToArray() };

    private static JsonElement Said(int rows) => JsonSerializer.SerializeToElement(new ProjectionView { Coordinates = [], Rows = rows }, ContractsJson.Default.ProjectionView);

    private static JobPart Frame(int index, int rows, string packed, IReadOnlyList<float>? low = null) => new()
    {
        Stage = "frame",
        Index = index,
        Data = JsonSerializer.SerializeToElement(
            new ProjectionFramePart { Iteration = 1, Iterations = 2, Rows = rows, Low = low ?? [0, 0], High = [1, 1], Packed = packed }, ContractsJson.Default.ProjectionFramePart),
    };

    [Fact]
    public void Pieces_InOrder_BecomeTheWhole()
    {
        var assembly = new ProjectionAssembly(null);
        assembly.Take(Block(0, 1, 2));
        assembly.Take(Block(1, 3, 4, 5, 6, 7, 8));
        assembly.Take(Block("preservation", 4, 1, 0, 0, 0.5f, 1, 1));

        var view = assembly.Result(Said(4), null).Deserialize(ContractsJson.Default.ProjectionView)!;

        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], view.Coordinates.SelectMany(row => row));
        Assert.Equal([0f, 0.5f, 1f, 1f], view.PointPreservation!);
    }

    [Fact]
    public void Pieces_ThatMakeNoSense_AreRefused()
    {
        static void Refused(params EngineBlock[] blocks)
        {
            var assembly = new ProjectionAssembly(null);
            Assert.Throws<InvalidDataException>(() =>
            {
                foreach (var block in blocks) assembly.Take(block);
            });
        }

        Refused(Block(0, 1, float.NaN));
        Refused(Block(1, 1, 2));
        Refused(Block(0, 1, 2), Block(0, 1, 2));
        Refused(Block(0, 1, 2, 3));
        Refused(Block(0));
        Refused(Block(0, new float[10]));
        Refused(Block("coordinates", int.MaxValue, 3, 0, 1, 2, 3));
        Refused(Block("coordinates", 2, 4, 0, 1, 2, 3, 4));
        Refused(Block("vectors", 1, 1, 0, 1));
        Refused(Block("anything", 1, 1, 0, 1));
        Refused(Block(0, 1, 2), Block("coordinates", 5, 2, 1, 1, 2));
    }

    [Fact]
    public void End_WithoutAllRows_IsRefused()
    {
        var assembly = new ProjectionAssembly(null);
        Assert.Throws<InvalidDataException>(() => assembly.Result(Said(4), null));
        assembly.Take(Block(0, 1, 2));
        Assert.Throws<InvalidDataException>(() => assembly.Result(Said(4), null));
        assembly.Take(Block(1, 3, 4, 5, 6, 7, 8));
        Assert.Throws<InvalidDataException>(() => assembly.Result(Said(3), null));
    }

    [Fact]
    public void Pictures_ThatMakeNoSense_AreRefused()
    {
        var packed = Convert.ToBase64String(new byte[3 * 2 * 2]);
        Assert.Equal("frame", new ProjectionAssembly(null).Add(Frame(0, 3, packed)).Stage);
        foreach (var part in (JobPart[])[Frame(-1, 3, packed), Frame(0, 4, packed), Frame(0, 0, ""), Frame(0, 3, packed, [0, 0, 0]), Frame(0, 3, packed, [0, float.NaN]),
            Frame(0, 3, "<script>alert(1)"), Frame(0, 3, packed) with { Stage = "loss" }, new JobPart { Stage = "frame", Index = 0, Data = JsonSerializer.SerializeToElement(1) }])
            Assert.Throws<InvalidDataException>(() => new ProjectionAssembly(null).Add(part));
    }

    [Fact]
    public void Pictures_BeyondTheirBound_AreRefused()
    {
        var assembly = new ProjectionAssembly(null);
        var half = Frame(0, 2_100_000, Convert.ToBase64String(new byte[2_100_000 * 2 * 2]));

        Assert.Throws<InvalidDataException>(() =>
        {
            for (var i = 0; i < 4; i++) assembly.Add(half with { Index = i });
        });
    }

    [Theory]
    [InlineData(500, 2, 40)]
    [InlineData(10_000, 3, 40)]
    [InlineData(1_000_000, 3, 4)]
    [InlineData(100_000_000, 3, 0)]
    public void Plan_ShowsAsManyPicturesAsFit_MostOfThemEarly(int rows, int dims, int count)
    {
        var plan = new FramePlan(rows, dims);
        var shown = new List<int>();
        for (var iteration = 1; iteration <= 5000; iteration++)
        {
            if (!plan.Wants(iteration, 5000)) continue;
            plan.Shown(iteration, 5000);
            shown.Add(iteration);
        }

        Assert.Equal(count, shown.Count);
        Assert.True(count * FramePlan.BytesOf(rows, dims) <= FramePlan.MostBytes);
        if (count == 40) Assert.True(shown.Count(iteration => iteration <= 500) >= 12);
    }

    [Fact]
    public void Picture_RoundsToStepsBetweenTheExtremes()
    {
        var frame = ProjectionFrame.Of(3, 9, new(3, 2, [-1, 5, 1, 5, 0, 5]))!;

        Assert.Equal([-1f, 5f], frame.Low);
        Assert.Equal([1f, 5f], frame.High);
        Assert.Equal([0, 0, 65535, 0, 32768, 0], MemoryMarshal.Cast<byte, ushort>(Convert.FromBase64String(frame.Packed)).ToArray());
        Assert.Null(ProjectionFrame.Of(3, 9, new(1, 2, [0, float.NaN])));
    }
}
