using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>What no client should send, to the process that has to stand it.</summary>
public sealed class BadBodyTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const string Events = "/api/v1/events";
    private readonly TempFolder _folder = new();
    private ServerProcess _server = null!;

    // Name, body, status, code, pointer of the first error and its code (null: no errors listed).
    private static readonly (string Name, string Body, int Status, string Code, string? Pointer, string? Error)[] Bodies =
    [
        ("empty", "", 400, "malformed_json", "", "malformed_json"),
        ("truncated", """{"project":"bad","run":"r","events":[{"type":"scalar","tag":"t","step":1,"value":1},{"type":"sca""", 400, "malformed_json", "/events/1", "malformed_json"),
        ("trailing", """{"project":"bad","run":"r","events":[]}}""", 400, "malformed_json", "", "malformed_json"),
        ("bare NaN", Event("""{"type":"scalar","tag":"t","step":1,"value":NaN}"""), 400, "malformed_json", "/events/0", "malformed_json"),
        ("raw control character", Event("{\"type\":\"scalar\",\"tag\":\"a\u0001b\",\"step\":1,\"value\":1}"), 400, "malformed_json", "/events/0", "malformed_json"),
        ("deep nesting", new string('[', 100_000), 422, "invalid_body", "", "wrong_type"),
        ("deep event", Event(new string('[', 100_000)), 400, "malformed_json", "/events/0", "malformed_json"),
        ("array for a body", "[]", 422, "invalid_body", "", "wrong_type"),
        ("events no array", """{"project":"bad","run":"r","events":{"type":"scalar"}}""", 422, "invalid_body", "/events", "wrong_type"),
        ("event no object", Event("1"), 422, "invalid_body", "/events/0", "wrong_type"),
        ("text for a step", Event("""{"type":"scalar","tag":"t","step":"1","value":1}"""), 422, "invalid_body", "/events/0/step", "wrong_type"),
        ("array for a value", Event("""{"type":"scalar","tag":"t","step":1,"value":[1]}"""), 422, "invalid_body", "/events/0/value", "wrong_type"),
        ("number for a tag", Event("""{"type":"scalar","tag":5,"step":1,"value":1}"""), 422, "invalid_body", "/events/0/tag", "wrong_type"),
        ("number for the project", """{"project":5,"run":"r","events":[]}""", 422, "invalid_body", "/project", "wrong_type"),
        ("no type", Event("""{"tag":"t","step":1,"value":1}"""), 422, "invalid_body", "/events/0/type", "missing"),
        ("unknown type", Event("""{"type":"video","tag":"t"}"""), 422, "invalid_body", "/events/0/type", "unknown_event_type"),
        ("step above int64", Event("""{"type":"scalar","tag":"t","step":9223372036854775808,"value":1}"""), 422, "invalid_body", "/events/0/step", "out_of_range"),
        ("step below int64", Event("""{"type":"scalars","tag":"t","steps":[1,-9223372036854775809],"values":[1,2]}"""), 422, "invalid_body", "/events/0/steps/1", "out_of_range"),
        ("step 1e400", Event("""{"type":"scalar","tag":"t","step":1e400,"value":1}"""), 422, "invalid_body", "/events/0/step", "out_of_range"),
        ("fraction for a step", Event("""{"type":"scalar","tag":"t","step":1.5,"value":1}"""), 422, "invalid_body", "/events/0/step", "not_an_integer"),
        ("value 1e400", Event("""{"type":"scalar","tag":"t","step":1,"value":1e400}"""), 422, "invalid_body", "/events/0/value", "out_of_range"),
        ("fewer values than steps", Event("""{"type":"scalars","tag":"t","steps":[1,2],"values":[1]}"""), 422, "invalid_body", "/events/0/values", "length_mismatch"),
        ("fewer wall times than steps", Event("""{"type":"scalars","tag":"t","steps":[1,2],"values":[1,2],"wall_times":[1]}"""), 422, "invalid_body", "/events/0/wall_times", "length_mismatch"),
        ("edges that do not fit counts", Event("""{"type":"histogram","tag":"t","step":1,"edges":[0,1],"counts":[1,2]}"""), 422, "invalid_body", null, null),
        ("vectors of two lengths", Event("""{"type":"embedding","tag":"t","step":1,"vectors":[[1,2],[3]]}"""), 422, "invalid_body", null, null),
        ("escaped control character", Event("""{"type":"scalar","tag":"a\u0007b","step":1,"value":1}"""), 422, "invalid_body", "/events/0/tag", "control_character"),
        ("control character in the run", """{"project":"bad","run":"a\nb","events":[]}""", 422, "invalid_body", "/run", "control_character"),
        ("half a surrogate pair", Event("""{"type":"scalar","tag":"a\ud800","step":1,"value":1}"""), 422, "invalid_body", "/events/0/tag", "lone_surrogate"),
        ("empty tag", Event("""{"type":"scalar","tag":"","step":1,"value":1}"""), 422, "invalid_body", "/events/0/tag", "empty_name"),
        ("tag of a megabyte", Event($$"""{"type":"scalar","tag":"{{new string('x', 1 << 20)}}","step":1,"value":1}"""), 422, "invalid_body", "/events/0/tag", "name_too_long"),
        ("project of a megabyte", $$"""{"project":"{{new string('x', 1 << 20)}}","run":"r","events":[]}""", 422, "invalid_body", "/project", "name_too_long"),
    ];

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.Data);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_BadJson_IsRefusedWithAPointerAndStoresNothing()
    {
        var faults = new List<string>();
        foreach (var (name, body, status, code, pointer, error) in Bodies)
        {
            var answer = await PostAsync(Encoding.UTF8.GetBytes(body), "application/json");
            if (answer.Status != status)
            {
                faults.Add($"{name}: expected {status}, got {answer.Status} {answer.Text}");
                continue;
            }
            answer.AssertProblem(status, code, retryable: false);
            // An answer must not repeat a megabyte of what it refuses.
            Assert.True(answer.Text.Length < 4096, $"{name}: the answer has {answer.Text.Length} characters.");
            var first = answer.Json.GetProperty("errors")[0];
            if (pointer is not null && (first.GetProperty("pointer").GetString() != pointer || first.GetProperty("code").GetString() != error))
                faults.Add($"{name}: expected {error} at '{pointer}', got {first}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await AssertUnharmedAsync();
    }

    [Fact]
    public async Task Events_BadBytes_AreRefusedAndStoreNothing()
    {
        (await PostAsync([(byte)'{', 0xC3, 0x28, (byte)'}'], "application/json")).AssertProblem(400, "invalid_utf8", false);
        (await PostAsync("x"u8.ToArray(), "text/plain")).AssertProblem(415, "unsupported_media_type", false);
        (await PostAsync("x"u8.ToArray(), "application/json", "zstd")).AssertProblem(415, "unsupported_encoding", false);
        (await PostAsync("no gzip at all"u8.ToArray(), "application/json", "gzip")).AssertProblem(400, "malformed_encoding", false);
        (await PostAsync("no brotli at all"u8.ToArray(), "application/json", "br")).AssertProblem(400, "malformed_encoding", false);

        var batch = new Batch("bad", "r", "k") { Binary = true };
        batch.Scalars.Add(("t", [new Point(1, 1, 1), new Point(2, 2, 2)]));
        var whole = BinaryBody.Write(batch);
        // Every prefix of a valid body is malformed, and so is one with a byte too many.
        for (var length = 0; length < whole.Length; length++)
            (await PostAsync(whole[..length], "application/vnd.lossboard.scalars")).AssertProblem(400, "malformed_body", false);
        (await PostAsync([.. whole, 0], "application/vnd.lossboard.scalars")).AssertProblem(400, "malformed_body", false);
        // A count of two billion points in a body of a few bytes reserves nothing.
        var huge = whole.ToArray();
        BitConverter.TryWriteBytes(huge.AsSpan(20), 0x7FFF_FFFF);
        (await PostAsync(huge, "application/vnd.lossboard.scalars")).AssertProblem(400, "malformed_body", false);
        await AssertUnharmedAsync();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Events_BodyThatInflatesToTenGigabytes_IsRefusedInBoundedMemory()
    {
        var (brotli, gzip) = (Bombs.Brotli(), Bombs.Gzip());
        output.WriteLine($"10 GiB in {brotli.Length} bytes of br and {gzip.Length} of gzip.");
        Assert.InRange(brotli.Length, 1, 20_000);
        // What the process needs for bodies within the limit is no part of the question.
        await PostAsync(new byte[32 << 20], "application/json");
        var before = _server.Memory("VmHWM");

        (await PostAsync(brotli, "application/json", "br")).AssertProblem(413, "decoded_body_too_large", false);
        (await PostAsync(gzip, "application/json", "gzip")).AssertProblem(413, "decoded_body_too_large", false);
        var one = _server.Memory("VmHWM") - before;
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PostAsync(brotli, "application/vnd.lossboard.scalars", "br"))))
            Assert.True(answer.Status is 413 or 429, answer.Text);
        var many = _server.Memory("VmHWM") - before;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Highest memory before {before >> 20} MiB; {one >> 20} MiB more after one at a time, {many >> 20} MiB more after sixteen at once."));
        // One body takes its 32 MiB at the most, and the arrays that it grew out of.
        Assert.True(one <= 64L << 20, $"{one >> 20} MiB");
        // Together they share what one may take; each has its first MiB before it counts as dense, the arrays that this grew out of, and brotli's own window of 4 MiB.
        Assert.True(many <= one + (16L * 6 << 20), $"{many >> 20} MiB");
        await AssertUnharmedAsync();
    }

    private static string Event(string json) => $$"""{"project":"bad","run":"r","events":[{{json}}]}""";

    private async Task<Answer> PostAsync(byte[] body, string type, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return await Answer.OfAsync(await _server.Http.PostAsync(new Uri(Events, UriKind.Relative), content));
    }

    private async Task AssertUnharmedAsync()
    {
        Assert.False(_server.HasExited, _server.Log);
        Assert.Equal(200, await _server.ReadyStatusAsync());
        var projects = await RunReader.GetAsync(_server.Http, "/api/v1/projects");
        Assert.Empty(projects.Json.GetProperty("items").EnumerateArray());
        var writer = new Writer(new BatchSource(1, "good", "r", "job").Next, "r");
        await writer.SendAsync(_server.Http, _server.Address, 3);
        await LedgerCheck.AssertAsync(_server.Http, "good", [writer]);
    }
}
