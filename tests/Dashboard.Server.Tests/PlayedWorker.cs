using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>A lane of a worker, played by a test.</summary>
internal sealed class PlayedWorker(HttpClient client, string kind, string lane = "cpu")
{
    private string _token = "0";

    public string Id { get; private init; } = Guid.NewGuid().ToString("n");

    /// <summary>The same worker at a server that was started again.</summary>
    public PlayedWorker With(HttpClient other) => new(other, kind, lane) { Id = Id, _token = _token };

    public async Task<JsonElement> LeaseAsync(double waitSeconds = 0, int expected = 200)
    {
        var lease = await client.SendAsync(HttpMethod.Post, "/api/v1/workers/lease",
            $$"""{"worker_id":"{{Id}}","name":"played","lane":"{{lane}}","kinds":["{{kind}}"],"wait_seconds":{{waitSeconds}}}""", expected);
        if (expected == 200) _token = lease.GetProperty("token").GetRawText();
        return lease;
    }

    public Task<JsonElement> ReportAsync(string job, string fields, int expected = 200) =>
        client.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{job}/report", $$"""{"token":{{_token}},{{fields}}}""", expected);

    public Task<JsonElement> FinishAsync(string job, string fields, int expected = 204) =>
        client.SendAsync(HttpMethod.Post, $"/api/v1/jobs/{job}/finish", $$"""{"token":{{_token}},{{fields}}}""", expected);

    public Task<JsonElement> WatchAsync(string job, double wait, int expected) => client.GetAsync($"/api/v1/jobs/{job}/watch?token={_token}&wait={wait}", expected);
}
