using System.Runtime.InteropServices;
using System.Text;

namespace Dashboard.Tensors.Tests;

public sealed class TextTableTests
{
    [Theory]
    [InlineData("1\t2.5\n-3e2\t4\n", 2, 2, new[] { 1f, 2.5f, -300f, 4f })]
    [InlineData("\uFEFF1\t2\r\n3\t4", 2, 2, new[] { 1f, 2f, 3f, 4f })]
    [InlineData("7\n\n8\n\n", 2, 1, new[] { 7f, 8f })]
    [InlineData("nan\tinf", 1, 2, new[] { float.NaN, float.PositiveInfinity })]
    public async Task Table_OfNumbers_IsConverted(string text, int rows, int columns, float[] expected)
    {
        var (size, values) = await ConvertAsync(text);

        Assert.Equal((rows, columns), size);
        Assert.Equal(expected, values);
    }

    [Theory]
    [InlineData("1\t2\n3\n", "Line 2 has 1 numbers where the first has 2")]
    [InlineData("1\t2\n3\t4\t5\n", "Line 2 has 3 numbers where the first has 2")]
    [InlineData("1\tcat\n", "Line 1, column 2: 'cat' is no number")]
    [InlineData("1\t<script>alert(1)</script>\n", "column 2: '<script>alert(1)</script>' is no number")]
    [InlineData("1\t\t2\n", "Line 1, column 2: '' is no number")]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    public async Task Table_ThatIsNone_IsRefusedWithItsPlace(string text, string says)
    {
        var error = await Assert.ThrowsAsync<TensorFileException>(() => ConvertAsync(text));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_LongerThanAnyBuffer_IsConverted()
    {
        var text = string.Join('\n', Enumerable.Range(0, 20_000).Select(row => string.Join('\t', Enumerable.Range(0, 20).Select(column => row * 20 + column))));

        var (size, values) = await ConvertAsync(text);

        Assert.Equal((20_000, 20), size);
        Assert.Equal(Enumerable.Range(0, 400_000).Select(value => (float)value), values);
    }

    private static async Task<((int Rows, int Columns) Size, float[] Values)> ConvertAsync(string text)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var numbers = new MemoryStream();
        var size = await TextTable.ConvertAsync(source, numbers);
        return (size, MemoryMarshal.Cast<byte, float>(numbers.ToArray()).ToArray());
    }
}
