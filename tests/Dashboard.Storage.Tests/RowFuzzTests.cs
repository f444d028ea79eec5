using System.Text;
using Dashboard.Fuzzing;

namespace Dashboard.Storage.Tests;

public sealed class RowFuzzTests
{
    [Fact]
    public void InboxRow_OfAnyBytes_IsReadOrRefused()
    {
        byte[][] corpus = [InboxCodec.Write([1, long.MaxValue], [[1, 2, 3], []]), InboxCodec.Write([], [])];

        var tried = Fuzz.Run(new FuzzCase("inbox row", corpus, data =>
        {
            foreach (var (_, points) in InboxCodec.Read(data)) Assert.True(points.Length <= data.Length);
        }, typeof(InvalidDataException)));

        Assert.True(tried > 1000, $"{tried} inputs");
    }

    [Fact]
    public void Cursor_OfAnyText_IsReadOrRefused()
    {
        byte[][] corpus = ["41da8f3c5e800000.1f"u8.ToArray(), "0.0"u8.ToArray(), "ffffffffffffffff.7fffffffffffffff"u8.ToArray()];

        var tried = Fuzz.Run(new FuzzCase("cursor", corpus, data => RunCursor.Parse(Encoding.UTF8.GetString(data)), typeof(ArgumentException)));

        Assert.True(tried > 1000, $"{tried} inputs");
    }
}
