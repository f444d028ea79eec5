using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Browser.Tests;

/// <summary>A worker played by a test: it speaks what <c>docs/jobs.md</c> says and computes nothing. One lane.</summary>
public sealed class StandInWorker(string address, params string[] kinds) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address) };
    private readonly CancellationTokenSource _stop = new();
    private readonly string _id = Guid.NewGuid().ToString("n");
    private Task? _loop;

    public string Name { get; init; } = "stand-in";

    public string Lane { get; init; } = "cpu";

    /// <summary>What it says that stands in its way.</summary>
    public string? Problem { get; init; }

    /// <summary>Is heard of once, without taking a job.</summary>
    public async Task AppearAsync() => (await LeaseAsync(0, [])).Dispose();

    /// <summary>Waits for a job of a project. One that another test has left is ended on the way.</summary>
    public async Task<StandInJob> TakeAsync(string project)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            using var answer = await LeaseAsync(5, kinds, limit.Token);
            if (answer.StatusCode == HttpStatusCode.NoContent)
                continue;
            var lease = JsonNode.Parse(await answer.Content.ReadAsStringAsync(limit.Token))!;
            var job = new StandInJob(_http, lease["job"]!.AsObject(), lease["token"]!.GetValue<long>());
            if (job.Project == project)
                return job;
            await job.FailAsync("Left over.", "engine_failed");
        }
    }

    /// <summary>Answers every job from now on, such as probes: with a result or, where <paramref name="answer"/> throws, with what it says as <c>bad_input</c>.</summary>
    public StandInWorker Answering(Func<JsonObject, object> answer)
    {
        _loop = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                using var lease = await LeaseAsync(2, kinds, _stop.Token);
                if (lease.StatusCode == HttpStatusCode.NoContent)
                    continue;
                var node = JsonNode.Parse(await lease.Content.ReadAsStringAsync(_stop.Token))!;
                var job = new StandInJob(_http, node["job"]!.AsObject(), node["token"]!.GetValue<long>());
                try
                {
                    await job.FinishAsync(answer(job.Spec));
                }
                catch (ArgumentException refused)
                {
                    await job.FailAsync(refused.Message, "bad_input");
                }
                catch (LeaseLostException)
                {
                    // Nobody wants it any more.
                }
            }
        });
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_loop is not null)
        {
            await _loop.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        _http.Dispose();
        _stop.Dispose();
    }

    private async Task<HttpResponseMessage> LeaseAsync(double wait, IReadOnlyList<string> taken, CancellationToken cancellation = default)
    {
        var request = new { worker_id = _id, name = Name, lane = Lane, lanes = new[] { Lane }, kinds = taken, engine = "stand-in 1.0", problem = Problem, wait_seconds = wait };
        var answer = await _http.PostAsJsonAsync("api/v1/workers/lease", request, cancellation);
        answer.EnsureSuccessStatusCode();
        return answer;
    }
}
