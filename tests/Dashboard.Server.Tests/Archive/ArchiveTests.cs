using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Server.Tests;

public sealed class ArchiveTests(Lossboard server) : IClassFixture<Lossboard>
{
    private readonly HttpClient _client = server.CreateClient();

    [Fact]
    public async Task Import_OfAnExport_IsTheSameByChecksumAndToTheEye()
    {
        var project = await FilledProject.FillAsync(_client, "whole/ä " + Guid.NewGuid().ToString("n"));
        var archive = await _client.ExportAsync(project.Name);
        var copy = "copy " + Guid.NewGuid().ToString("n");

        var answer = await _client.ImportAsync(archive, copy, 201);

        Assert.Equal(Archives.Content(archive), answer.Text("content"));
        var again = await _client.ExportAsync(copy);
        Assert.Equal(
            Archives.Entries(archive).Where(entry => entry.Name != "manifest.json").Select(entry => (entry.Name, Encoding.UTF8.GetString(entry.Content))),
            Archives.Entries(again).Where(entry => entry.Name != "manifest.json").Select(entry => (entry.Name, Encoding.UTF8.GetString(entry.Content))));
        Assert.Equal(Archives.Content(archive), Archives.Content(again));
        foreach (var trash in new[] { false, true })
        {
            var (before, after) = (await RunsAsync(project.Name, trash), await RunsAsync(copy, trash));
            Assert.NotEmpty(before);
            Assert.Equal(before.Select(run => Plain(run, project.Name, before)), after.Select(run => Plain(run, copy, after)));
            Assert.Empty(before.Select(run => run.Text("id")).Intersect(after.Select(run => run.Text("id"))));
        }
    }

    [Fact]
    public async Task Import_Views_LeadToTheNewRunsUnderTheNewName()
    {
        var project = await FilledProject.FillAsync(_client, "views & more " + Guid.NewGuid().ToString("n"));
        var copy = "other " + Guid.NewGuid().ToString("n");
        await _client.ImportAsync(await _client.ExportAsync(project.Name), copy, 201);

        var views = await _client.GetAsync($"/api/v1/views?bodies=true&project={Uri.EscapeDataString(copy)}", 200);

        var ids = (await RunsAsync(copy, false)).ToDictionary(run => run.Text("name")!, run => run.Text("id")!);
        var items = views.GetProperty("items").EnumerateArray().ToDictionary(view => view.Text("kind")!, view => view.GetProperty("body"));
        Assert.Equal($"scalars?project={Uri.EscapeDataString(copy)}&runs={ids["cnn/seed-1"]}%2C{ids["cnn/seed-2"]}", items["view"].Text("path"));
        Assert.Equal("~run.1~ ~=run.2~ is no place", items["report"].Text("text"));
        var job = (await _client.GetAsync($"/api/v1/jobs?project={Uri.EscapeDataString(copy)}", 200)).GetProperty("items").EnumerateArray().Single(one => one.Text("status") == "succeeded");
        Assert.Equal(ids["cnn/seed-1"], job.GetProperty("spec").GetProperty("embedding").Text("run_id"));
        Assert.Equal(6, (await _client.GetAsync($"/api/v1/jobs/{job.Text("id")}/result", 200)).GetProperty("coordinates").EnumerateArray().Sum(row => row.GetArrayLength()));
    }

    [Fact]
    public async Task Import_EveryDouble_ComesBackBitForBit()
    {
        var (project, copy) = ("bits-" + Guid.NewGuid().ToString("n"), "bits-" + Guid.NewGuid().ToString("n"));
        var random = new Random(7);
        // Every exponent, both signs, NaNs with any payload among them.
        var values = Enumerable.Range(0, 5000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).ToArray();
        values[0] = BitConverter.UInt64BitsToDouble(FilledProject.OddNaN);
        values[1] = -0.0;
        values[2] = BitConverter.Int64BitsToDouble(1);
        await PushBinaryAsync(project, values);

        await _client.ImportAsync(await _client.ExportAsync(project), copy, 201);

        var run = (await RunsAsync(copy, false)).Single().Text("id");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/scalars?tag=bits&points=0");
        request.Headers.Accept.ParseAdd("application/vnd.lossboard.columns");
        using var response = await _client.SendAsync(request);
        var columns = await response.Content.ReadAsByteArrayAsync();
        var sought = new byte[values.Length * sizeof(double)];
        Buffer.BlockCopy(values, 0, sought, 0, sought.Length);
        Assert.True(columns.AsSpan().IndexOf(sought) >= 0, "The values are not in the answer as they were sent.");
    }

    [Fact]
    public async Task Export_HoldsNoSecret()
    {
        var project = await FilledProject.FillAsync(_client, "secrets-" + Guid.NewGuid().ToString("n"));

        var entries = Archives.Entries(await _client.ExportAsync(project.Name));

        var text = string.Concat(entries.Select(entry => Encoding.UTF8.GetString(entry.Content)));
        Assert.Contains("a@example.org", text, StringComparison.Ordinal);
        Assert.DoesNotContain(FilledProject.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-address", text, StringComparison.Ordinal);
        Assert.DoesNotContain(project.First, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_IsReadByPythonInThreeLines()
    {
        var project = await FilledProject.FillAsync(_client, "python-" + Guid.NewGuid().ToString("n"));
        var archive = await _client.ExportAsync(project.Name);
        var file = Path.Combine(Directory.CreateTempSubdirectory("lossboard-archive-").FullName, "a.zip");
        await File.WriteAllBytesAsync(file, archive);

        // The lines of docs/archive.md, and what they give.
        var said = await PythonAsync(
            """
            import csv, hashlib, io, json, sys, zipfile
            archive = zipfile.ZipFile(sys.argv[1])
            series = [json.loads(line) for line in archive.read("series.ndjson").splitlines()]
            points = {(one["run"], one["tag"]): [(int(p["step"]), float(p["wall_time"]), float(p["value"])) for p in csv.DictReader(io.StringIO(archive.read(one["entry"]).decode()))]
                      for one in series if one["kind"] == "scalar"}
            lines = sorted(f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}\n" for name in archive.namelist() if name != "manifest.json")
            assert archive.testzip() is None
            odd = points[1, 'odd, "quoted"']
            print(len(points[1, "train/loss"]), points[1, "restarted"][-1][2], [step for step, _, _ in points[1, "restarted"]])
            print([value.hex() for _, _, value in odd], [step for step, _, _ in odd])
            print(hashlib.sha256("".join(lines).encode()).hexdigest())
            """, file);

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.Equal("9000 7.0 [0, 1, 2, 3, 2, 3]", said[0]);
        Assert.Equal("['-0x0.0p+0', 'inf', '-inf', '0x0.0000000000001p-1022', '0x1.fffffffffffffp+1023'] [-3, 0, 1, 2, 9007199254740993]", said[1]);
        Assert.Equal(Archives.Content(archive), said[2]);
    }

    [Fact]
    public async Task Export_OfNoProject_IsNotFound() => await _client.GetAsync("/api/v1/projects/never%2Fheard/export", 404);

    [Fact]
    public async Task Import_NameTaken_SaysHowToChooseAnother()
    {
        var project = await FilledProject.FillAsync(_client, "taken-" + Guid.NewGuid().ToString("n"));

        var problem = await _client.ImportAsync(await _client.ExportAsync(project.Name), null, 409);

        Assert.Equal("project_name_taken", problem.Text("code"));
        Assert.Contains("as=", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfAnotherMediaType_IsRefused()
    {
        using var content = Requests.Bytes([1, 2, 3], "text/plain");
        using var response = await _client.PostAsync("/api/v1/projects/import", content);

        await response.ReadAsync(415);
    }

    private async Task<List<JsonElement>> RunsAsync(string project, bool trash) =>
        [.. (await _client.GetAsync($"/api/v1/runs?project={Uri.EscapeDataString(project)}&trash={(trash ? "true" : "false")}", 200)).GetProperty("items").EnumerateArray()];

    // A run as people see it, without its id and its project's name; a parent that is an id by its name.
    private static string Plain(JsonElement run, string project, List<JsonElement> runs)
    {
        // A line break between parts of a configuration becomes a space. A summary that is read back has lost the sign of a zero, with a restart as
        // with an import: SQLite keeps whole numbers as integers. Points have theirs.
        var plain = JsonNode.Parse(run.GetRawText().Replace('\n', ' ').Replace("\"min\":-0,", "\"min\":0,", StringComparison.Ordinal))!.AsObject();
        Assert.Equal(project, (string?)plain["project"]);
        plain.Remove("project");
        plain.Remove("id");
        plain["parent"] = runs.FirstOrDefault(other => other.Text("id") == (string?)plain["parent"]) is { ValueKind: JsonValueKind.Object } parent ? parent.Text("name") : null;
        return plain.ToJsonString();
    }

    private async Task PushBinaryAsync(string project, double[] values)
    {
        for (var at = 0; at < values.Length; at += 1000)
        {
            using var content = Requests.Bytes(BinaryBody.Of(project, "r", "bits", at, values.AsSpan(at, 1000)), "application/vnd.lossboard.scalars");
            using var response = await _client.PostAsync("/api/v1/events", content);
            await response.ReadAsync(200);
        }
    }

    private static async Task<string[]> PythonAsync(string script, string argument)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
