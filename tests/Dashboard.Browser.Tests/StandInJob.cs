using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Dashboard.Browser.Tests;

/// <summary>A job in the hands of a <see cref="StandInWorker"/>. Calls throw <see cref="LeaseLostException"/> once it is cancelled.</summary>
public sealed class StandInJob(HttpClient http, JsonObject job, long token)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Id { get; } = job["id"]!.GetValue<string>();

    public string Project { get; } = job["project"]!.GetValue<string>();

    public string Kind { get; } = job["kind"]!.GetValue<string>();

    public JsonObject Spec { get; } = job["spec"]!.AsObject();

    /// <summary>Says how it goes. <paramref name="parts"/>: <c>{ stage, index, data }</c> each.</summary>
    public Task ReportAsync(double? progress = null, string? message = null, double? secondsLeft = null, string? log = null, IReadOnlyList<object>? parts = null) =>
        SendAsync("report", new { Token = token, Progress = progress, Message = message, SecondsLeft = secondsLeft, Backend = "cpu", Log = Lines(log), Parts = parts });

    public Task FinishAsync(object result) => SendAsync("finish", new { Token = token, Result = result, Backend = "cpu" });

    public Task FailAsync(string error, string code, string? log = null) => SendAsync("finish", new { Token = token, Error = error, ErrorCode = code, Backend = "cpu", Log = Lines(log) });

    /// <summary>The worker stops: the job goes back to the queue.</summary>
    public Task GiveBackAsync() => SendAsync("finish", new { Token = token, GivenBack = true });

    // Any time will do: the page shows it, and no test reads a clock.
    private static object[]? Lines(string? message) => message is null ? null : [new { WallTime = 1_790_000_000.0, Message = message }];

    private async Task SendAsync(string verb, object body)
    {
        using var answer = await http.PostAsJsonAsync($"api/v1/jobs/{Id}/{verb}", body, Json);
        if (answer.StatusCode == HttpStatusCode.Conflict)
            throw new LeaseLostException();
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
