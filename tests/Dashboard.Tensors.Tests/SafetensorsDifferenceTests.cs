using System.Buffers.Binary;
using System.Text;

namespace Dashboard.Tensors.Tests;

public sealed class SafetensorsDifferenceTests : IDisposable
{
    // Sums of a few small numbers in float64.
    private const int Digits = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-difference-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Compare_TensorsThatMoved_TellsHowFar()
    {
        var a = Write("a", ("w", "F32", [2, 2], [3, 0, 4, 0]), ("still", "F64", [1], [2]), ("old", "F32", [1], [1]), ("shape", "F32", [2], [1, 1]), ("steps", "I64", [1], [5]));
        var b = Write("b", ("w", "F32", [2, 2], [3, 0, 0, 4]), ("still", "F64", [1], [2]), ("new", "F32", [1], [1]), ("shape", "F32", [1], [1]), ("steps", "I64", [1], [9]));

        var found = SafetensorsDifference.Compare(a, b, CancellationToken.None);

        var moved = found.Tensors.Single(one => one.Name == "w");
        Assert.Equal((5, 5, 4), (moved.Norm, moved.OtherNorm, moved.Largest));
        Assert.Equal(Math.Sqrt(32), moved.Distance, Digits);
        Assert.Equal(Math.Sqrt(32) / 5, moved.Relative, Digits);
        Assert.Equal(9.0 / 25, moved.Cosine, Digits);
        var still = found.Tensors.Single(one => one.Name == "still");
        Assert.Equal((0, 0, 1), (still.Distance, still.Relative, still.Cosine));
        Assert.False(found.Tensors.Single(one => one.Name == "steps").IsWeights);
        Assert.Equal(["old"], found.OnlyFirst);
        Assert.Equal(["new"], found.OnlySecond);
        Assert.Equal(["shape"], found.Reshaped);
    }

    [Fact]
    public void Compare_DifferentTypes_ComparesTheirValues()
    {
        // 1.5 and −2 as bfloat16 and as float64.
        var path = Path.Combine(_folder, "half");
        WriteRaw(path, """{"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", [0xC0, 0x3F, 0x00, 0xC0]);
        var found = SafetensorsDifference.Compare(path, Write("full", ("w", "F64", [2], [1.5, -1])), CancellationToken.None).Tensors.Single();
        Assert.Equal((1, 1), (found.Distance, found.Largest));
    }

    [Fact]
    public void Compare_WhatIsNoNumber_IsCountedAndLeftOut()
    {
        var found = SafetensorsDifference.Compare(Write("a", ("w", "F32", [3], [1, double.NaN, 2])), Write("b", ("w", "F32", [3], [1, 1, double.PositiveInfinity])), CancellationToken.None).Tensors.Single();
        Assert.Equal((2, 0, 1), (found.NonFinite, found.Distance, found.Norm));
    }

    [Fact]
    public void Compare_ZeroTensors_HaveNoAngle()
    {
        var path = Write("a", ("w", "F32", [2], [0, 0]), ("none", "F32", [0], []));
        Assert.All(SafetensorsDifference.Compare(path, path, CancellationToken.None).Tensors, one => Assert.True(double.IsNaN(one.Cosine) && double.IsNaN(one.Relative)));
    }

    [Fact]
    public void Compare_LongerThanAPiece_SumsAllOfIt()
    {
        const int Count = 200_001;
        var found = SafetensorsDifference.Compare(
            Write("a", ("w", "F32", [Count], [.. Enumerable.Repeat(1.0, Count)])), Write("b", ("w", "F32", [Count], [.. Enumerable.Repeat(3.0, Count)])), CancellationToken.None).Tensors.Single();
        Assert.Equal(2 * Math.Sqrt(Count), found.Distance, 9);
        Assert.Equal(1, found.Cosine, Digits);
    }

    private string Write(string name, params (string Name, string Type, long[] Shape, double[] Values)[] tensors)
    {
        var header = new List<string>();
        var data = new List<byte>();
        foreach (var (tensor, type, shape, values) in tensors)
        {
            var start = data.Count;
            var bytes = new byte[8];
            foreach (var value in values)
            {
                if (type == "F32")
                    BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
                else if (type == "F64")
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                else
                    BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)value);
                data.AddRange(bytes.AsSpan(0, type == "F32" ? 4 : 8));
            }

            header.Add($$"""  "{{tensor}}":{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{start}},{{data.Count}}]}""");
        }

        var path = Path.Combine(_folder, name);
        WriteRaw(path, "{" + string.Join(',', header) + "}", [.. data]);
        return path;
    }

    private static void WriteRaw(string path, string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(path, [.. length, .. text, .. data]);
    }
}
