using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dashboard.Faults.Tests;

/// <summary>A server with accounts, an owner key and its own worker, as processes of their own.</summary>
public sealed class TeamFixture : IAsyncLifetime
{
    /// <summary>Planted in the environment of the server; nothing may repeat it.</summary>
    public const string OwnerKey = "canary-owner-key-5f0c1d7e9a8b4c2d6e3f";

    private readonly TempFolder _folder = new();

    internal ServerProcess Server { get; private set; } = null!;

    internal string Data => _folder.Data;

    public async Task InitializeAsync() => Server = await ServerProcess.StartAsync(
        _folder.Data,
        new Dictionary<string, string> { ["LOSSBOARD_OWNER_KEY"] = OwnerKey },
        "--Access:Mode=Accounts", "--Worker:Local=true", "--Serilog:MinimumLevel:Default=Debug",
        // A webhook of these tests goes to this machine.
        "--Alerts:Webhooks=any");

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    internal async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, int expected, string? key = OwnerKey)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await Server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode} {text}\n{Server.Log}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    internal async Task<(string Id, string Key)> MakeKeyAsync(string role, string? project, string name)
    {
        var made = await SendAsync(HttpMethod.Post, "/api/v1/keys", new { name, project, role }, 201);
        return (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
    }
}
