using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Contracts;

namespace Dashboard.Server.Tests;

public sealed partial class BinaryScalarsTests(Lossboard server) : IClassFixture<Lossboard>
{
    private static readonly ApiLimits Limits = new();

    [Fact]
    public async Task Post_TheDocumentedExample_StoresWhatTheDocumentSays()
    {
        using var client = server.CreateClient();
        using var body = Requests.Bytes(Example(), MediaTypes.Scalars);
        using var response = await client.PostAsync("/api/v1/events", body);
        var answer = await response.ReadAsync(200);
        Assert.Equal(5, answer.GetProperty("accepted").GetInt64());
        var run = answer.GetProperty("run_id").GetString();

        var loss = await client.GetAsync($"/api/v1/runs/{run}/scalars?tag=train/loss&points=0", 200);
        Assert.Equal([10L, 20, 30], loss.Array<long>("steps"));
        Assert.Equal([0.5, 0.25, double.NaN], loss.Array<double>("values"));
        Assert.Equal([1790000000.25, 1790000000.29, 1790000000.33], loss.Array<double>("wall_times"));
        var rate = await client.GetAsync($"/api/v1/runs/{run}/scalars?tag=lr&points=0", 200);
        Assert.Equal([10L, 20], rate.Array<long>("steps"));
        Assert.Equal([0.1, 0.05], rate.Array<double>("values"));
        var view = await client.GetAsync($"/api/v1/runs/{run}", 200);
        Assert.Equal(("demo", "seed-1"), (view.GetProperty("project").GetString(), view.GetProperty("name").GetString()));
    }

    [Fact]
    public void Decode_AnyPrefixOfABody_IsMalformed()
    {
        var body = Example();
        for (var length = 0; length < body.Length; length++)
        {
            var problem = Assert.Throws<ApiProblemException>(() => BinaryScalarsDecoder.Decode(body.AsSpan(0, length), Limits, 0)).Problem;
            Assert.Equal((400, "malformed_body"), (problem.Status, problem.Code));
        }
    }

    [Fact]
    public void Decode_AnyByteFlipped_NeverCrashes()
    {
        var example = Example();
        for (var at = 0; at < example.Length; at++)
        {
            foreach (var mask in (byte[])[0x01, 0x80, 0xFF])
            {
                var body = (byte[])example.Clone();
                body[at] ^= mask;
                try
                {
                    BinaryScalarsDecoder.Decode(body, Limits, 0);
                }
                catch (ApiProblemException refused)
                {
                    Assert.InRange(refused.Problem.Status, 400, 422);
                }
            }
        }
    }

    [Theory]
    [InlineData(0x18 + 2, 0x0F, "malformed_body")]
    [InlineData(0x18 + 2, 0x1B, "malformed_body")]
    [InlineData(0x18 + 3, 0x01, "malformed_body")]
    [InlineData(0x20, 0x07, "control_character")]
    [InlineData(0x20, 0xFF, "invalid_utf8")]
    [InlineData(0x0C, 0xFF, "invalid_utf8")]
    public void Decode_ABadByte_IsNamed(int at, byte value, string code)
    {
        var body = Example();
        body[at] = value;
        Assert.Equal(code, Assert.Throws<ApiProblemException>(() => BinaryScalarsDecoder.Decode(body, Limits, 0)).Problem.Errors![0].Code);
    }

    [Fact]
    public void Decode_ACountBeyondTheBody_AllocatesNothing()
    {
        var body = Example();
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(0x18 + 4), 60_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ApiProblemException>(() => BinaryScalarsDecoder.Decode(body, Limits, 0));
        // The exception and the empty builders alone; the points would be over a gigabyte.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void Decode_AStrideBeyond64Bits_IsRefused()
    {
        var body = Example();
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(0x38), long.MaxValue / 2);
        var error = Assert.Single(Assert.Throws<ApiProblemException>(() => BinaryScalarsDecoder.Decode(body, Limits, 0)).Problem.Errors!);
        Assert.Equal(("/series/0/steps", "out_of_range"), (error.Pointer, error.Code));
    }

    internal static byte[] Example()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Dashboard.sln")))
            folder = folder.Parent;
        var text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "binary-scalars.md"));
        var block = text[(text.IndexOf("```hex", StringComparison.Ordinal) + 6)..];
        block = block[..block.IndexOf("```", StringComparison.Ordinal)];
        return [.. Lines().Matches(block).SelectMany(line => line.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(two => byte.Parse(two, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"^[0-9a-f]{4}  ([0-9a-f ]+)$", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
