using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Dashboard.Client.Tests;

public sealed class ModelTests : IDisposable
{
    private readonly RunFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task UploadCheckpoint_EveryType_ArrivesAlignedWithTheValuesOfTheCall()
    {
        float[] weight = [1, 2, 3, 4, 5, 6];
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            var tensors = new[]
            {
                LossboardTensor.Create<byte>("bytes", [1, 2, 3]), LossboardTensor.Create<float>("conv1.weight", weight, 2, 3),
                LossboardTensor.Create<double>("double", [0.5, double.NaN]), LossboardTensor.Create<Half>("half", [(Half)0.5, (Half)2]),
                LossboardTensor.Create<long>("long", [long.MinValue]), LossboardTensor.Create<int>("int", [-1]), LossboardTensor.Create<short>("short", [-2]),
                LossboardTensor.Create<sbyte>("sbyte", [-3]), LossboardTensor.Create<bool>("bool", [true, false]), LossboardTensor.Scalar("steps", 7L),
                LossboardTensor.Create<float>("größe \"β\"", [], 0, 4),
            };
            Array.Clear(weight);
            Assert.True(await run.UploadCheckpointAsync(tensors, 10));
            Assert.True(await run.UploadCheckpointAsync(tensors[..1], 10, "last.safetensors"));
        }

        var found = Safetensors.Read(_fixture.Server.Artifacts["checkpoints/10.safetensors"]);
        Assert.Equal("F32", found["conv1.weight"].Type);
        Assert.Equal([2, 3], found["conv1.weight"].Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], MemoryMarshal.Cast<byte, float>(found["conv1.weight"].Bytes).ToArray());
        Assert.Equal([0.5, double.NaN], MemoryMarshal.Cast<byte, double>(found["double"].Bytes).ToArray());
        Assert.Equal([long.MinValue], MemoryMarshal.Cast<byte, long>(found["long"].Bytes).ToArray());
        Assert.Equal([], found["steps"].Shape);
        Assert.Equal([0, 4], found["größe \"β\""].Shape);
        Assert.Equal(["BOOL", "F16", "F32", "F32", "F64", "I16", "I32", "I64", "I64", "I8", "U8"], found.Values.Select(tensor => tensor.Type).Order());
        Assert.Equal(["bytes"], Safetensors.Read(_fixture.Server.Artifacts["last.safetensors"]).Keys);
        Assert.Empty(_fixture.Notices);
    }

    [Fact]
    public async Task UploadCheckpoint_LargerThanABuffer_ArrivesWhole()
    {
        // Longer than the copy's buffer of a megabyte, and no multiple of it.
        var values = Enumerable.Range(0, 700_001).Select(i => (float)i).ToArray();
        await using (var run = LossboardRun.Start(_fixture.Options))
            Assert.True(await run.UploadCheckpointAsync([LossboardTensor.Create<float>("a", values), LossboardTensor.Create<float>("b", [1])], 1));
        var found = Safetensors.Read(_fixture.Server.Artifacts["checkpoints/1.safetensors"]);
        Assert.Equal(values, MemoryMarshal.Cast<byte, float>(found["a"].Bytes).ToArray());
    }

    [Fact]
    public async Task UploadBatch_ClassesOfAnyWidth_AreStoredIn64Bits()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            var inputs = LossboardTensor.Create<float>("x", [1, 2, 3, 4], 2, 2);
            Assert.True(await run.UploadBatchAsync(inputs, LossboardTensor.Create<int>("y", [7, -100]), LossboardTensor.Create<double>("w", [1, 0])));
            Assert.True(await run.UploadBatchAsync(inputs, LossboardTensor.Create<byte>("y", [200, 0]), name: "bytes"));
            Assert.True(await run.UploadBatchAsync(inputs, LossboardTensor.Create<float>("y", [0.5f, 0], 2, 1), name: "values"));
            Assert.True(await run.UploadBatchAsync(inputs, name: "inputs"));
        }

        var found = Safetensors.Read(_fixture.Server.Artifacts["batch.safetensors"]);
        Assert.Equal(["inputs", "targets", "weights"], found.Keys.Order());
        Assert.Equal("I64", found["targets"].Type);
        Assert.Equal([7L, -100], MemoryMarshal.Cast<byte, long>(found["targets"].Bytes).ToArray());
        Assert.Equal([200L, 0], MemoryMarshal.Cast<byte, long>(Safetensors.Read(_fixture.Server.Artifacts["bytes"])["targets"].Bytes).ToArray());
        Assert.Equal("F32", Safetensors.Read(_fixture.Server.Artifacts["values"])["targets"].Type);
        Assert.Equal(["inputs"], Safetensors.Read(_fixture.Server.Artifacts["inputs"]).Keys);
    }

    [Fact]
    public async Task Upload_WhatDoesNotFit_IsANoticeThatSaysSo()
    {
        await using var run = LossboardRun.Start(_fixture.Options);
        var two = LossboardTensor.Create<float>("x", [1, 2]);
        var one = LossboardTensor.Create<float>("x", [1]);
        await RefusedAsync("targets must have one entry for each of the 2 inputs, not 1", () => run.UploadBatchAsync(two, one));
        await RefusedAsync("weights must have one entry for each of the 2 inputs, not 1", () => run.UploadBatchAsync(two, two, one));
        await RefusedAsync("weights must be finite and not negative", () => run.UploadBatchAsync(one, one, LossboardTensor.Create<float>("w", [float.NaN])));
        await RefusedAsync("weights must be one number for each sample", () => run.UploadBatchAsync(one, one, LossboardTensor.Create<double>("w", [1], 1, 1)));
        await RefusedAsync("inputs must have the samples along the first dimension", () => run.UploadBatchAsync(LossboardTensor.Scalar("x", 1f)));
        await RefusedAsync("at least one sample", () => run.UploadBatchAsync(LossboardTensor.Create<float>("x", [])));
        await RefusedAsync("two tensors are named \"x\"", () => run.UploadCheckpointAsync([one, two], 1));
        await RefusedAsync("there are no tensors in it", () => run.UploadCheckpointAsync([], 1));
        await RefusedAsync("no TorchScript file", () => run.UploadModelAsync(new MemoryStream([1, 2, 3])));
        await RefusedAsync("no TorchScript file", () => run.UploadModelAsync(new MemoryStream(Archive("archive/data.pkl"))));
        await RefusedAsync("none.pt", () => run.UploadModelAsync(Path.Combine(_fixture.Spool, "none.pt")));
        await RefusedAsync("holds a control character", () => run.UploadCheckpointAsync([one], 1, "a\nb"));
        Assert.Throws<ArgumentException>(() => LossboardTensor.Create<float>("x", [1, 2], 3));
        Assert.Throws<ArgumentException>(() => LossboardTensor.Create<float>("x", [1, 2], -1, -2));
        Assert.Throws<ArgumentException>(() => LossboardTensor.Create<float>("x", [], long.MaxValue, long.MaxValue, long.MaxValue, 0, 2));
        Assert.Throws<ArgumentException>(() => LossboardTensor.Create<char>("x", ['a']));
        Assert.Throws<ArgumentException>(() => LossboardTensor.Scalar("", 1));
    }

    [Fact]
    public async Task UploadModel_TorchScript_ArrivesAsItIs()
    {
        var content = Archive("model/code/__torch__.py");
        var path = Path.Combine(_fixture.Spool, "file.pt");
        await File.WriteAllBytesAsync(path, content);
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            Assert.True(await run.UploadModelAsync(path));
            using var stream = new MemoryStream([9, 9, .. content]);
            stream.Position = 2;
            Assert.True(await run.UploadModelAsync(stream, "stream.pt", 3));
            Assert.True(stream.CanRead);
        }

        Assert.Equal(content, _fixture.Server.Artifacts["model.pt"]);
        Assert.Equal(content, _fixture.Server.Artifacts["stream.pt"]);
        File.Delete(path);
    }

    [Fact]
    public async Task UploadLandscape_PlaneAndCurve_HaveTheShapeOfTheInterface()
    {
        await using (var run = LossboardRun.Start(_fixture.Options))
        {
            Assert.True(await run.UploadLandscapeAsync(new LossboardLandscape
            {
                X = [-1, 0, 1],
                Y = [0, 0.5],
                Loss = [[1, 0.25, double.NaN], [double.PositiveInfinity, 2, double.NegativeInfinity]],
                Accuracy = [[0, 1, 0], [1, 0, 1]],
                Path = new LossboardPath { X = [0.5, 0], Y = [1, 0], Loss = [2.5, 0.5], Steps = [0, 10] },
            }, "mine"));
            Assert.True(await run.UploadLandscapeAsync(new LossboardLandscape { X = [0, 1], Loss = [[3, 4]], Path = new LossboardPath { X = [0.5] } }));
        }

        var plane = JsonSerializer.Deserialize<JsonElement>(_fixture.Server.Artifacts["landscapes/mine.json"]);
        Assert.Equal(
            """{"x":[-1,0,1],"y":[0,0.5],"loss":[[1,0.25,"NaN"],["Infinity",2,"-Infinity"]],"accuracy":[[0,1,0],[1,0,1]],"center_loss":null,"path":""" +
            """{"x":[0.5,0],"y":[1,0],"loss":[2.5,0.5],"names":["0","10"],"steps":[0,10]},"explained_variance":null,"eigenvalues":null,"device":null,"engine":"computed elsewhere","seconds":null}""",
            plane.GetRawText());
        var curve = JsonSerializer.Deserialize<JsonElement>(_fixture.Server.Artifacts["landscapes/landscape.json"]);
        Assert.Equal(JsonValueKind.Null, curve.GetProperty("y").ValueKind);
        Assert.Equal("""{"x":[0.5],"y":[0],"loss":["NaN"],"names":["0"],"steps":[0]}""", curve.GetProperty("path").GetRawText());
        Assert.Empty(_fixture.Notices);
    }

    [Fact]
    public async Task UploadLandscape_WhatDoesNotFit_IsANoticeThatSaysSo()
    {
        await using var run = LossboardRun.Start(_fixture.Options);
        var good = new LossboardLandscape { X = [0, 1, 2], Y = [0, 1], Loss = [[1, 2, 3], [4, 5, 6]] };
        await RefusedAsync("it looks transposed", () => run.UploadLandscapeAsync(good with { Loss = [[1, 4], [2, 5], [3, 6]] }));
        await RefusedAsync("Loss must be 2 rows of 3 values (Y by X), not 1 rows", () => run.UploadLandscapeAsync(good with { Loss = [[1, 2, 3]] }));
        await RefusedAsync("not a row of 2", () => run.UploadLandscapeAsync(good with { Accuracy = [[1, 2, 3], [4, 5]] }));
        await RefusedAsync("X must rise, but 1 follows 2", () => run.UploadLandscapeAsync(good with { X = [0, 2, 1] }));
        await RefusedAsync("Y must be finite", () => run.UploadLandscapeAsync(good with { Y = [0, double.NaN] }));
        await RefusedAsync("X must have at least one position", () => run.UploadLandscapeAsync(good with { X = [] }));
        double[] many = [.. Enumerable.Range(0, 1001).Select(i => (double)i)];
        await RefusedAsync("at most 1000000 points, not 1002001", () => run.UploadLandscapeAsync(good with { X = many, Y = many }));
        await RefusedAsync("Path.Y is missing", () => run.UploadLandscapeAsync(good with { Path = new LossboardPath { X = [0] } }));
        await RefusedAsync("Path.Loss must have one entry for each of its 1 points, not 2", () => run.UploadLandscapeAsync(good with { Path = new LossboardPath { X = [0], Y = [0], Loss = [1, 2] } }));
    }

    private async Task RefusedAsync(string words, Func<Task<bool>> upload)
    {
        _fixture.Notices.Clear();
        Assert.False(await upload());
        Assert.Contains(words, Assert.Single(_fixture.Notices).Message, StringComparison.Ordinal);
    }

    private static byte[] Archive(string entry)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry(entry);
        return content.ToArray();
    }
}
