using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>Requests that begin and do not end, one for each place that waits for bytes.</summary>
[Trait("Category", "Slow")]
public sealed class SlowSenderTests(ITestOutputHelper output)
{
    private const string Json = "Content-Type: application/json\r\n";

    [Fact]
    public async Task Requests_ThatNeverEnd_AreAnswered408()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartAsync(folder.Data, "--Limits:MaxSilentSeconds=4");
        using var made = await server.Http.PutAsync(new Uri("/api/v1/runs", UriKind.Relative), new StringContent("""{"project":"slow","run":"r"}""", Encoding.UTF8, "application/json"));
        var run = (await Answer.OfAsync(made)).Json.GetProperty("id").GetString();
        (string Name, string Sent)[] requests =
        [
            ("headers", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
            ("events", Head("POST", "/api/v1/events", Json + "Content-Length: 1000\r\n") + """{"project":"slow","""),
            ("events in chunks", Head("POST", "/api/v1/events", Json + "Transfer-Encoding: chunked\r\n") + "5\r\n{\"pro\r\n"),
            ("compressed events", Head("POST", "/api/v1/events", Json + "Content-Encoding: gzip\r\nContent-Length: 1000\r\n") + "\u001f"),
            ("a run", Head("PUT", "/api/v1/runs", Json + "Content-Length: 1000\r\n") + """{"project":"slow","""),
            ("a job", Head("POST", "/api/v1/jobs", Json + "Content-Length: 1000\r\n") + "{"),
            ("an artifact", Head("PUT", $"/api/v1/runs/{run}/artifacts/half.bin", "Content-Length: 100000\r\n") + "half"),
        ];
        var began = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(requests.Select(async request => (request.Name, Line: await AnswerAsync(server.Address, request.Sent, null))));
        // A byte every second is below the slowest that is taken, however long it goes on.
        var drip = await AnswerAsync(server.Address, Head("POST", "/api/v1/events", Json + "Content-Length: 1000\r\n"), " ");

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"All were answered within {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s."));
        Assert.All(answers.Append(("a byte a second", drip)), answer => Assert.True(answer.Item2.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), $"{answer.Item1}: '{answer.Item2}'"));
        Assert.Equal(200, await server.ReadyStatusAsync());
        var artifacts = await RunReader.GetAsync(server.Http, $"/api/v1/runs/{run}/artifacts");
        Assert.Empty(artifacts.Json.GetProperty("items").EnumerateArray());
    }

    private static string Head(string method, string path, string headers) => $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n";

    private static async Task<string> AnswerAsync(Uri server, string sent, string? drip)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(sent));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
        var answer = reader.ReadLineAsync(limit.Token).AsTask();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (drip is not null && !answer.IsCompleted && await second.WaitForNextTickAsync(limit.Token))
                await stream.WriteAsync(Encoding.ASCII.GetBytes(drip), limit.Token);
            return await answer ?? "";
        }
        catch (IOException)
        {
            return answer.IsCompletedSuccessfully ? answer.Result ?? "" : "reset";
        }
    }
}
