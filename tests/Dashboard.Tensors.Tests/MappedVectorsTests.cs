using System.Text;

namespace Dashboard.Tensors.Tests;

public sealed class MappedVectorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-vectors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("<f4", new byte[] { 0, 0, 128, 63, 0, 0, 0, 192, 0, 0, 64, 64, 0, 0, 0, 0 })]
    [InlineData("<f2", new byte[] { 0, 60, 0, 192, 0, 66, 0, 0 })]
    [InlineData("<i2", new byte[] { 1, 0, 254, 255, 3, 0, 0, 0 })]
    [InlineData("|i1", new byte[] { 1, 254, 3, 0 })]
    public void Npy_OfEachType_IsReadAsFloat32(string type, byte[] data)
    {
        var path = Npy($"{{'descr': '{type}', 'fortran_order': False, 'shape': (2, 2), }}", data);
        using var vectors = MappedVectors.Open(path, NpyFile.Read(path), "array");

        var read = new float[4];
        vectors.Read(0, read);
        Assert.Equal([1f, -2f, 3f, 0f], read);
        vectors.Read(1, read.AsSpan(0, 2));
        Assert.Equal([3f, 0f], read[..2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => vectors.Read(1, read));
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1), }", "element type '>f4'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1), }", "element type '|O'")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", "fortran_order")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 1), }", "4 bytes of numbers where its shape and type need 12")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9), }", "larger than any file")]
    [InlineData("{'descr': '<f4', 'shape': (1,), }", "no fortran_order")]
    [InlineData("", "no descr")]
    public void Npy_ThatLies_IsRefused(string header, string says)
    {
        var path = Npy(header, new byte[4]);

        Assert.Contains(says, Assert.Throws<TensorFileException>(() => NpyFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Npy_CutAnywhere_IsRefused()
    {
        var whole = File.ReadAllBytes(Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", new byte[4]));
        for (var length = 0; length < whole.Length; length++)
        {
            var path = Path.Combine(_folder, "cut.npy");
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<TensorFileException>(() => NpyFile.Read(path));
        }
    }

    [Fact]
    public void Kernels_OfAConvolution_AreRowsOfAllTheRest()
    {
        var header = SafetensorsHeader.Make([("a", TensorType.Float32, [3]), ("kernels", TensorType.Float32, [2, 3, 1, 2])], new Dictionary<string, string> { ["by"] = "<b>" });
        var path = Path.Combine(_folder, "file.safetensors");
        var numbers = Enumerable.Range(0, 15).SelectMany(value => BitConverter.GetBytes((float)value)).ToArray();
        File.WriteAllBytes(path, [.. header, .. numbers]);

        using var file = SafetensorsFile.Open(path);
        using var vectors = MappedVectors.Open(path, file.Tensors["kernels"], "kernels");

        Assert.Equal("<b>", file.Metadata["by"]);
        Assert.Equal((2, 6), (vectors.Rows, vectors.Columns));
        var row = new float[6];
        vectors.Read(1, row);
        Assert.Equal([9f, 10f, 11f, 12f, 13f, 14f], row);
    }

    [Theory]
    [InlineData(new long[0], "single number")]
    [InlineData(new[] { 0L, 4L }, "nothing in it")]
    [InlineData(new[] { 3_000_000_000L, 1L }, "more than can be taken in")]
    [InlineData(new[] { 1L, 70_000L, 70_000L, 70_000L, 70_000L }, "more than can be taken in")]
    public void Shape_WithoutRows_IsRefused(long[] shape, string says) =>
        Assert.Contains(says, Assert.Throws<TensorFileException>(() => MappedVectors.Layout(shape, "x")).Message, StringComparison.Ordinal);

    private string Npy(string header, byte[] data)
    {
        var text = Encoding.Latin1.GetBytes(header.PadRight(117) + "\n");
        var path = Path.Combine(_folder, "array.npy");
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, .. data]);
        return path;
    }
}
