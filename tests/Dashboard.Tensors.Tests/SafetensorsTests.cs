using System.Buffers.Binary;
using System.Text;

namespace Dashboard.Tensors.Tests;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-safetensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void File_WithTwoTensors_IsRead()
    {
        var data = new byte[8 + 4];
        BinaryPrimitives.WriteDoubleLittleEndian(data, 2.5);
        // 1.5 and −2 as bfloat16: the upper halves of their float32 bits.
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(8), 0x3FC0);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(10), 0xC000);

        using var file = SafetensorsFile.Open(Write("""{"__metadata__":{"a":"b"},"one":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"two":{"dtype":"BF16","shape":[2,1],"data_offsets":[8,12]}}""", data));

        Assert.Equal(["one", "two"], file.Tensors.Keys.Order());
        Assert.Equal([2.5], Values(file.Read("one")));
        Assert.Equal([1.5, -2], Values(file.Read("two")));
        Assert.Equal([2L, 1L], file.Tensors["two"].Shape);
        Assert.Equal("b", file.Metadata["a"]);
        Assert.Throws<TensorFileException>(() => file.Read("three"));
    }

    [Theory]
    [InlineData("no json", "no JSON")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("""{"a":5}""", "lacks dtype, shape or data_offsets")]
    [InlineData("""{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}""", "element type F99")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "no size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "no size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "has 4 bytes where its shape and type need 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[100],"data_offsets":[0,400]}}""", "outside the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "outside the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,4]}}""", "larger than any file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", "has 9 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "twice")]
    public void Header_ThatLies_IsRefused(string header, string says)
    {
        var error = Assert.Throws<TensorFileException>(() => SafetensorsFile.Open(Write(header, new byte[8])));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_DeeplyNested_IsRefused()
    {
        Assert.Throws<TensorFileException>(() => SafetensorsFile.Open(Write(new string('[', 100_000), [])));
    }

    [Fact]
    public void File_CutAnywhere_IsRefused()
    {
        var whole = File.ReadAllBytes(Write("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]));
        for (var length = 0; length < whole.Length; length++)
        {
            var path = Path.Combine(_folder, "cut");
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<TensorFileException>(() => SafetensorsFile.Open(path));
        }
    }

    [Fact]
    public void Length_BeyondAnyHeader_IsRefused()
    {
        var path = Path.Combine(_folder, "long");
        File.WriteAllBytes(path, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, (byte)'{', (byte)'}']);

        Assert.Throws<TensorFileException>(() => SafetensorsFile.Open(path));
        Assert.Throws<TensorFileException>(() => SafetensorsFile.Open(Path.Combine(_folder, "absent")));
    }

    [Fact]
    public void Integers_AreNoWeights()
    {
        var tensor = new TensorData(TensorType.Int64, [1], new byte[8]);

        Assert.Throws<TensorFileException>(() => tensor.CopyTo(new double[1]));
    }

    private static double[] Values(TensorData tensor)
    {
        var values = new double[tensor.Count];
        tensor.CopyTo(values);
        return values;
    }

    private string Write(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        var path = Path.Combine(_folder, "file");
        File.WriteAllBytes(path, [.. length, .. text, .. data]);
        return path;
    }
}
