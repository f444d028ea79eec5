using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>Files that become more than they are when they are read: each is refused with a reason, and takes little memory on the way.</summary>
[Trait("Category", "Slow")]
public sealed class FileBombTests(ITestOutputHelper output)
{
    private const int Large = 60 << 20;
    private const long MostMemory = 64L << 20;

    [Fact]
    public async Task Files_ThatGrowAsTheyAreRead_AreRefusedInBoundedMemory()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        using var made = await server.Http.PutAsync(new Uri("/api/v1/runs", UriKind.Relative), Text("""{"project":"bombs","run":"r"}"""));
        var run = (await Answer.OfAsync(made)).Json.GetProperty("id").GetString()!;
        await PutAsync(server, run, "v.npy", Vectors());
        await PutAsync(server, run, "small.tsv", "a\tb\n1\t2\n3\t4\n"u8.ToArray());
        // Whatever is compiled or opened at the first such request is no part of the question.
        Assert.Equal(200, (await DescribeAsync(server, run, "v.npy", "small.tsv")).Status);
        (string Name, byte[] Bytes, bool Describes)[] bombs =
        [
            ("lines.tsv", Filled((byte)'\n', "a"), true),
            ("fields.tsv", Filled((byte)'\t', "a"), true),
            ("fields.csv", Filled((byte)',', "a"), true),
            ("quote.csv", Filled((byte)'x', "\""), true),
            ("zeros.json", Repeated("{\"a\":[0", ",0", "]}", 30 << 20), true),
            ("nested.json", Repeated("{\"a\":", "[", "", 30 << 20), true),
            ("header.safetensors", Safetensors(Repeated("{\"a\":{\"dtype\":\"F32\",\"shape\":[0", ",0", "],\"data_offsets\":[0,0]}}", 15 << 20)), false),
            ("tensors.safetensors", Safetensors(Repeated("{\"a\":0", ",\"a\":0", "}", 15 << 20)), false),
            ("projector_config.pbtxt", Repeated("", "{", "", 4_000_000), false),
            ("line.tsv", Repeated("", "1\t", "", Large), false),
            ("claims.npy", Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000), }"), false),
        ];
        var faults = new List<string>();
        foreach (var (name, bytes, describes) in bombs)
        {
            await PutAsync(server, run, name, bytes);
            var before = await RestAsync(server);
            var answer = describes ? await DescribeAsync(server, run, "v.npy", name) : await DescribeAsync(server, run, name, null);
            var took = server.Memory("VmHWM") - before;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {bytes.Length >> 10} KiB, {answer.Status}, {took >> 20} MiB more."));
            if (answer.Status != 422 || took > MostMemory || answer.Text.Length > 8192)
                faults.Add($"{name}: {answer.Status}, {took >> 20} MiB, {answer.Text[..Math.Min(300, answer.Text.Length)]}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(200, await server.ReadyStatusAsync());
    }

    [Fact]
    public async Task Archives_AreStoredAndNeverOpened()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data);
        using var made = await server.Http.PutAsync(new Uri("/api/v1/runs", UriKind.Relative), Text("""{"project":"bombs","run":"r"}"""));
        var run = (await Answer.OfAsync(made)).Json.GetProperty("id").GetString()!;
        var archive = Archive();
        var before = await RestAsync(server);

        foreach (var name in new[] { "model.pt", "vectors.npz", "inner.zip", "page.safetensors" })
        {
            await PutAsync(server, run, name, archive);
            await DescribeAsync(server, run, name, null);
        }
        // An encoding of the upload itself would have to be opened.
        using var packed = new ByteArrayContent(archive);
        packed.Headers.ContentEncoding.Add("gzip");
        var refused = await Answer.OfAsync(await server.Http.PutAsync(new Uri($"/api/v1/runs/{run}/artifacts/packed.bin", UriKind.Relative), packed));
        // Compressed twice is no encoding that is taken; nor is a bomb taken by a route of small bodies.
        (await PostAsync(server, "/api/v1/events", "gzip, gzip")).AssertProblem(415, "unsupported_encoding", false);
        (await PostAsync(server, "/api/v1/jobs", "br")).AssertProblem(413, "decoded_body_too_large", false);

        refused.AssertProblem(415, "unsupported_encoding", false);
        var took = server.Memory("VmHWM") - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took >> 20} MiB more."));
        Assert.True(took <= MostMemory, $"{took >> 20} MiB");
    }

    private static async Task<Answer> PostAsync(ServerProcess server, string path, string encoding)
    {
        using var content = new ByteArrayContent(Bombs.Brotli());
        content.Headers.ContentType = new("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await Answer.OfAsync(await server.Http.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    /// <summary>Resident memory, from which the highest is counted anew.</summary>
    private static async Task<long> RestAsync(ServerProcess server)
    {
        Assert.Equal(200, await server.ReadyStatusAsync());
        await File.WriteAllTextAsync($"/proc/{server.Id}/clear_refs", "5");
        return server.Memory("VmRSS");
    }

    private static async Task<Answer> DescribeAsync(ServerProcess server, string run, string vectors, string? metadata)
    {
        var more = metadata is null ? "" : $$""","metadata":{"run_id":"{{run}}","name":"{{metadata}}"}""";
        using var body = Text($$"""{"project":"bombs","kind":"projection","spec":{"artifact":{"run_id":"{{run}}","name":"{{vectors}}"},"method":"pca"{{more}} } }""");
        var answer = await Answer.OfAsync(await server.Http.PostAsync(new Uri("/api/v1/jobs", UriKind.Relative), body));
        return answer.Status == 202 ? answer with { Status = 200 } : answer;
    }

    private static async Task PutAsync(ServerProcess server, string run, string name, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        using var answer = await server.Http.PutAsync(new Uri($"/api/v1/runs/{run}/artifacts/{name}", UriKind.Relative), content);
        Assert.Equal(201, (int)answer.StatusCode);
    }

    private static StringContent Text(string json) => new(json, Encoding.UTF8, "application/json");

    private static byte[] Filled(byte with, string start)
    {
        var bytes = new byte[Large];
        bytes.AsSpan().Fill(with);
        Encoding.ASCII.GetBytes(start, bytes);
        bytes[^1] = (byte)'z';
        return bytes;
    }

    private static byte[] Repeated(string start, string part, string end, int length)
    {
        var bytes = new MemoryStream(length + end.Length);
        bytes.Write(Encoding.ASCII.GetBytes(start));
        var some = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(part, 1000)));
        while (bytes.Length + some.Length + end.Length < length)
            bytes.Write(some);
        bytes.Write(Encoding.ASCII.GetBytes(end));
        return bytes.ToArray();
    }

    private static byte[] Safetensors(byte[] header)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header];
    }

    private static byte[] Npy(string header)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text];
    }

    private static byte[] Vectors() => [.. Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"), .. new byte[12], 0, 0, 0x80, 0x3F];

    /// <summary>A zip of some hundred kilobytes with a hundred megabytes in it.</summary>
    private static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("data.pkl").Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
                entry.Write(zeros);
        }
        return bytes.ToArray();
    }
}
