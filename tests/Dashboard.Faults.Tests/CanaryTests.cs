using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Faults.Tests;

/// <summary>Secrets are planted in every place that a request has, and looked for in everything that the server leaves behind.</summary>
public sealed class CanaryTests(TeamFixture team) : IClassFixture<TeamFixture>
{
    // In every one of them, so that one search finds any.
    private const string Mark = "CaNaRy7";

    [Fact]
    public async Task Secrets_PlantedEverywhere_AreFoundNowhere()
    {
        var (keyId, key) = await team.MakeKeyAsync("write", "canaries", "canaries");
        var run = (await team.SendAsync(HttpMethod.Post, "/api/v1/events", new { project = "canaries", run = "r", events = Array.Empty<object>() }, 200, key)).GetProperty("run_id").GetString();
        await team.SendAsync(HttpMethod.Put, "/api/v1/diagnosis/alerts?project=canaries",
            new { revision = 0, webhook_url = "http://127.0.0.1:9/hook", webhook_secret = $"whsec_{Mark}_0123456789abcdef" }, 200);
        await team.SendAsync(HttpMethod.Post, "/api/v1/diagnosis/alerts/test", new { project = "canaries", channel = "webhook" }, 200);

        var answers = new List<string>();
        await foreach (var answer in OfBadRequestsAsync(key, run!))
            answers.Add(answer);
        answers.AddRange(await RawAsync());
        answers.Add((await team.SendAsync(HttpMethod.Get, "/api/v1/diagnosis/alerts?project=canaries", null, 200)).GetRawText());
        answers.Add((await team.SendAsync(HttpMethod.Get, "/api/v1/keys", null, 200)).GetRawText());
        answers.Add((await team.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{keyId}", null, 204)).ToString());
        answers.Add((await team.SendAsync(HttpMethod.Get, "/api/v1/audit", null, 200)).GetRawText());
        answers.Add(await TextAsync("/metrics"));
        answers.Add(await TextAsync("/openapi/v1.json"));
        answers.Add(team.Server.Log);
        var logs = Directory.GetFiles(Path.Combine(team.Data, "logs"));
        Assert.NotEmpty(logs);
        foreach (var log in logs)
            answers.Add(await ReadSharedAsync(log));

        Assert.True(answers.Count > 40, "fewer answers than were asked for");
        string[] secrets = [Mark, TeamFixture.OwnerKey, key, key[8..46]];
        foreach (var text in answers)
        {
            foreach (var secret in secrets)
                Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"'{secret}' in: {text[..Math.Min(2000, text.Length)]}");
        }
        // Nor is the key itself anywhere in the data folder; its hash is.
        foreach (var file in Directory.GetFiles(team.Data, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            var content = Encoding.Latin1.GetString(await ReadBytesAsync(file));
            Assert.False(content.Contains(key[8..46], StringComparison.Ordinal), $"the key is in {file}");
            Assert.False(content.Contains(TeamFixture.OwnerKey, StringComparison.Ordinal), $"the owner key is in {file}");
        }
    }

    /// <summary>Requests that fail in as many ways as there are, each with a secret in its header, cookie, query's secret place or body.</summary>
    private async IAsyncEnumerable<string> OfBadRequestsAsync(string key, string run)
    {
        string[] paths =
        [
            "/api/v1/events", "/api/v1/runs", $"/api/v1/runs/{run}", "/api/v1/keys", "/api/v1/views", "/api/v1/jobs", "/api/v1/runs/table", "/api/v1/share-links/open",
            "/api/v1/diagnosis/alerts?project=canaries", "/api/v1/retention", "/sign-in", "/api/v1/account/sign-in", "/invitation", "/hubs/live/negotiate?negotiateVersion=1", "/no/such/place",
        ];
        string[] bodies =
        [
            $"{{\"password\":\"{Mark}-password\"}}", $"{{\"secret\":\"{Mark}-share\",\"password\":\"{Mark}\"", $"\"{Mark}-invitation\"", $"[\"{Mark}\"]", $"{{\"expires\":\"{Mark}\"}}", $"{Mark}",
            $"{{\"webhook_secret\":{{\"{Mark}\":1}},\"client_secret\":\"{Mark}-oidc\"}}",
        ];
        foreach (var path in paths)
        {
            foreach (var body in bodies)
            {
                foreach (var authorization in new[] { $"Bearer lb_{Mark}", $"Basic {Mark}", $"Bearer {key}" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}access_token={Mark}&key={Mark}");
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
                    request.Headers.TryAddWithoutValidation("Cookie", $"lossboard.session={Mark}-cookie; lossboard.share={Mark}; other=\"{Mark}");
                    request.Headers.TryAddWithoutValidation("Referer", $"{team.Server.Address}shared#{Mark}");
                    request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{Mark}-{Guid.NewGuid():n}");
                    request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                    yield return await AnswerAsync(request);
                }
            }
        }
        // What only a server at fault would see.
        foreach (var (name, value) in new[] { ("Content-Encoding", "gzip"), ("Content-Encoding", Mark), ("Content-Type", $"text/{Mark}"), ("Range", $"bytes={Mark}"), ("Artifact-Step", Mark) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/file");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Mark));
            if (name.StartsWith("Content-", StringComparison.Ordinal))
                request.Content.Headers.TryAddWithoutValidation(name, value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
            yield return await AnswerAsync(request);
        }
    }

    // Lines that no client would send.
    private async Task<IReadOnlyList<string>> RawAsync()
    {
        var answers = new List<string>();
        foreach (var text in new[]
        {
            $"GET /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Mark}\r\nAuthorization: Bearer {Mark}\r\nConnection: close\r\n\r\n",
            $"GET /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer\u0001{Mark}\r\nConnection: close\r\n\r\n",
            $"POST /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Mark}\r\nContent-Length: {Mark}\r\n\r\n",
            $"{Mark} {Mark} {Mark}\r\n\r\n",
            $"POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TeamFixture.OwnerKey}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{Mark}\r\n",
        })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(team.Server.Address.Host, team.Server.Address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            client.Client.Shutdown(SocketShutdown.Send);
            var answer = new MemoryStream();
            try
            {
                await stream.CopyToAsync(answer);
            }
            catch (IOException)
            {
                // Cut off after what cannot be understood: what had come until then counts.
            }
            answers.Add(Encoding.Latin1.GetString(answer.ToArray()));
        }
        return answers;
    }

    private async Task<string> AnswerAsync(HttpRequestMessage request)
    {
        using var answer = await team.Server.Http.SendAsync(request);
        // A page that a sign-in would lead to must not carry anything along either.
        return $"{(int)answer.StatusCode} {answer.Headers} {await answer.Content.ReadAsStringAsync()}";
    }

    private async Task<string> TextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TeamFixture.OwnerKey);
        using var answer = await team.Server.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> ReadSharedAsync(string path) => Encoding.UTF8.GetString(await ReadBytesAsync(path));

    private static async Task<byte[]> ReadBytesAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }
}
