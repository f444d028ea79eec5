using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Dashboard.Faults.Tests;

/// <summary>
/// What a recorded server did with its disk over two lives, what it was sent, and after which record each answer left it. The first life begins without a
/// folder and ends with SIGTERM, the second with SIGKILL.
/// </summary>
internal sealed partial class RecordedLoad
{
    public const string Project = "power";
    public const string RunOfArtifacts = "artifacts";
    private const int Writers = 3;
    private const int BatchesEach = 60;
    private const int Artifacts = 8;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(20);

    // Seals and checkpoints happen many times within a short load.
    private static readonly string[] Busy = ["--Storage:UnsealedPoints=2000", "--Storage:SealAfterSeconds=0.2", "--Storage:CheckpointPages=64"];

    private readonly ConcurrentDictionary<long, Batch> _batches = new();
    private readonly ConcurrentDictionary<string, string> _artifacts = new();
    private readonly ConcurrentDictionary<string, bool> _runs = new();

    private RecordedLoad()
    {
    }

    public List<DiskRecord> Records { get; private set; } = [];

    public string Root { get; private set; } = "";

    /// <summary>Batches by the number of their commit.</summary>
    public IReadOnlyDictionary<long, Batch> Batches => _batches;

    /// <summary>Record after which an answer left, with what it acknowledged: the number of a commit, or the id of a run or an artifact.</summary>
    public List<(int Record, long? Seq, string? Id)> Answers { get; } = [];

    public bool IsRun(string id) => _runs.ContainsKey(id);

    public static async Task<RecordedLoad> RecordAsync(string folder)
    {
        var load = new RecordedLoad { Root = Directory.CreateDirectory(Path.Combine(folder, "disk")).FullName };
        var recorder = new Recorder(folder, load.Root);
        var sources = Enumerable.Range(0, Writers).Select(i => new BatchSource(900 + i, Project, i < 2 ? "shared" : "alone", $"job-{i}")).ToArray();
        for (var life = 0; life < 2; life++)
        {
            await using var server = await ServerProcess.StartAsync(Path.Combine(load.Root, "data"), recorder.Environment, Busy);
            await Task.WhenAll([.. sources.Select(source => load.WriteAsync(server, source)), load.UploadAsync(server, life)]);
            if (life == 0)
            {
                server.Terminate();
                Assert.Equal(0, await server.ExitAsync(TimeSpan.FromSeconds(20)));
            }
        }
        load.Records = DiskRecord.ReadLog(recorder.Log);
        load.FindAnswers();
        return load;
    }

    private async Task WriteAsync(ServerProcess server, BatchSource source)
    {
        for (var i = 0; i < BatchesEach; i++)
        {
            var batch = source.Next();
            var answer = await SendAsync(server, batch);
            // Sealing is given no more room than it takes to happen often.
            for (; answer.Status == 429; answer = await SendAsync(server, batch))
                await Task.Delay(RetryPause);
            Assert.True(answer.Status == 200, answer.Text);
            _batches[answer.Json.GetProperty("seq").GetInt64()] = batch;
        }
    }

    private static async Task<Answer> SendAsync(ServerProcess server, Batch batch)
    {
        using var request = batch.ToRequest(server.Address);
        return await Answer.OfAsync(await server.Http.SendAsync(request));
    }

    private async Task UploadAsync(ServerProcess server, int life)
    {
        for (var i = 0; i < Artifacts; i++)
        {
            var runId = await PutRunAsync(server, i == 0 ? RunOfArtifacts : $"put-{life}-{i}");
            if (i == 0)
                _artifacts[""] = runId;
            // Every third has the content of the one before: its file is there already.
            var random = new Random(100 * life + i - (i % 3 == 2 ? 1 : 0));
            var content = new byte[random.Next(1, 60_000)];
            random.NextBytes(content);
            using var body = new ByteArrayContent(content);
            var answer = await Answer.OfAsync(await server.Http.PutAsync(new Uri($"/api/v1/runs/{_artifacts[""]}/artifacts/file-{life}-{i}", UriKind.Relative), body));
            Assert.True(answer.Status == 201, answer.Text);
            _artifacts[answer.Json.GetProperty("id").GetString()!] = "";
        }
    }

    private async Task<string> PutRunAsync(ServerProcess server, string run)
    {
        using var body = new StringContent($$"""{"project":"{{Project}}","run":"{{run}}"}""", null, "application/json");
        var answer = await Answer.OfAsync(await server.Http.PutAsync(new Uri("/api/v1/runs", UriKind.Relative), body));
        Assert.True(answer.Status is 200 or 201, answer.Text);
        var id = answer.Json.GetProperty("id").GetString()!;
        _runs[id] = true;
        return id;
    }

    private void FindAnswers()
    {
        var told = new HashSet<string>();
        for (var i = 0; i < Records.Count; i++)
        {
            if (Records[i].Call != 'N')
                continue;
            var text = Records[i].Text;
            if (Seq().Match(text) is { Success: true } seq)
                Answers.Add((i, long.Parse(seq.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), null));
            foreach (Match id in Id().Matches(text))
            {
                var value = id.Groups[1].Value;
                if ((_runs.ContainsKey(value) || _artifacts.ContainsKey(value)) && told.Add(value))
                    Answers.Add((i, null, value));
            }
        }
        // What the clients were told is what left the server, or the log does not say what it should.
        Assert.Equal(_batches.Keys.Order(), Answers.Where(answer => answer.Seq is not null).Select(answer => answer.Seq!.Value).Distinct().Order());
        Assert.Equal(_runs.Count + _artifacts.Count - 1, told.Count);
    }

    [GeneratedRegex("\"accepted\":.*\"seq\":([0-9]+)")]
    private static partial Regex Seq();

    [GeneratedRegex("\"id\":\"([^\"]+)\"")]
    private static partial Regex Id();
}
