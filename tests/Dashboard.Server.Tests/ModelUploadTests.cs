using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

/// <summary>Who may bring in a model, which is code, and that no other type of artifact is a way around.</summary>
public sealed class ModelUploadTests : IDisposable
{
    private const string Setting = "/api/v1/settings/models?project=models";
    private readonly Lossboard _server = new(new() { ["Access:Mode"] = "Accounts" }, services => services.AddSingleton<ICredentialReader, PlayedCredentials>());

    public void Dispose() => _server.Dispose();

    private HttpClient Client(string role)
    {
        var client = _server.CreateClient();
        client.DefaultRequestHeaders.Add("Played-Role", role);
        return client;
    }

    private static async Task<string> RunAsync(HttpClient owner) =>
        (await owner.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"models","run":"r"}""", 201)).Text("id")!;

    private static async Task<JsonElement> PutAsync(HttpClient client, string run, string name, string type, int expected, string content = "PK\u0003\u0004 as TorchScript begins")
    {
        using var body = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/{name}") { Content = body };
        request.Headers.Add("Artifact-Type", type);
        using var response = await client.SendAsync(request);
        return await response.ReadAsync(expected);
    }

    [Fact]
    public async Task Models_AreForOwners_UntilTheyLetMembers()
    {
        using var owner = Client("owner");
        using var member = Client("member");
        using var viewer = Client("viewer");
        using var shared = Client("share");
        var run = await RunAsync(owner);

        Assert.Equal("owners", (await member.GetAsync(Setting, 200)).Text("uploads"));
        Assert.Equal("model_uploads_off", (await PutAsync(member, run, "m.pt", "model", 403)).Text("code"));
        await PutAsync(owner, run, "m.pt", "model", 201);
        await PutAsync(member, run, "other", "file", 201);
        Assert.Equal("forbidden", (await member.SendAsync(HttpMethod.Put, Setting, """{"uploads":"members"}""", 403)).Text("code"));

        var set = await owner.SendAsync(HttpMethod.Put, Setting, """{"uploads":"members","revision":0}""", 200);

        Assert.Equal(("members", 1, true), (set.Text("uploads"), set.GetProperty("revision").GetInt64(), set.GetProperty("allowed").GetBoolean()));
        await PutAsync(member, run, "m.pt", "model", 201);
        await PutAsync(viewer, run, "m.pt", "model", 403);
        await PutAsync(shared, run, "m.pt", "model", 403);
        Assert.False((await viewer.GetAsync(Setting, 200)).GetProperty("allowed").GetBoolean());
        Assert.Equal("setting_changed", (await owner.SendAsync(HttpMethod.Put, Setting, """{"uploads":"owners","revision":0}""", 409)).Text("code"));
        Assert.Equal("unknown_value", (await owner.SendAsync(HttpMethod.Put, Setting, """{"uploads":"everybody"}""", 422)).ErrorCode("/uploads"));
    }

    [Fact]
    public async Task Jobs_TakeForAModelOnlyWhatCameInAsOne()
    {
        using var owner = Client("owner");
        using var member = Client("member");
        var run = await RunAsync(owner);
        await PutAsync(owner, run, "m.pt", "model", 201);
        await PutAsync(owner, run, "batch", "batch", 201, "whatever");
        await PutAsync(member, run, "hidden.pt", "checkpoint", 201);
        await PutAsync(member, run, "odd.pt", "file", 201, "a zip may begin with anything");
        await PutAsync(member, run, "weights", "checkpoint", 201, "no zip");

        string Reference(string name) => $$"""{"run_id":"{{run}}","name":"{{name}}"}""";
        Task<JsonElement> PostAsync(string kind, string spec, int expected) =>
            member.SendAsync(HttpMethod.Post, "/api/v1/jobs", $$"""{"project":"models","kind":"{{kind}}","spec":{{spec}} }""", expected);

        await PostAsync("gradients", $$"""{"model":{{Reference("m.pt")}},"batch":{{Reference("batch")}},"loss":"mse"}""", 202);
        await PostAsync("gradients", $$"""{"model":{{Reference("m.pt")}},"batch":{{Reference("batch")}},"center":{{Reference("weights")}},"loss":"mse"}""", 202);
        foreach (var name in new[] { "hidden.pt", "odd.pt" })
        {
            var refused = await PostAsync("gradients", $$"""{"model":{{Reference(name)}},"batch":{{Reference("batch")}},"loss":"mse"}""", 422);
            Assert.Equal("not_a_model", refused.ErrorCode("/spec/model/name"));
        }
        // Weights may come from a module too, and then it is loaded.
        var center = await PostAsync("gradients", $$"""{"model":{{Reference("m.pt")}},"batch":{{Reference("batch")}},"center":{{Reference("hidden.pt")}},"loss":"mse"}""", 422);
        Assert.Equal("not_a_model", center.ErrorCode("/spec/center/name"));
        var features = await PostAsync("projection", $$"""{"method":"pca","features":{"model":{{Reference("odd.pt")}},"batch":{{Reference("batch")}},"module":"layer"} }""", 422);
        Assert.Equal("not_a_model", features.ErrorCode("/spec/features/model/name"));
    }

    [Fact]
    public async Task WithoutAccounts_EverybodyMay()
    {
        using var local = new Lossboard();
        using var client = local.CreateClient();
        var run = await RunAsync(client);

        await PutAsync(client, run, "m.pt", "model", 201);
        Assert.True((await client.GetAsync(Setting, 200)).GetProperty("allowed").GetBoolean());
    }

    /// <summary>Credentials that are a word.</summary>
    private sealed class PlayedCredentials : ICredentialReader
    {
        public ValueTask<Caller?> ReadAsync(HttpContext context) => ValueTask.FromResult(context.Request.Headers["Played-Role"].ToString() switch
        {
            "owner" => new Caller(CallerKind.Account, "owner", [new AccessGrant(AccessRight.Administer)]),
            "member" => new Caller(CallerKind.Account, "member", [new AccessGrant(AccessRight.Write, "models")]),
            "viewer" => new Caller(CallerKind.Account, "viewer", [new AccessGrant(AccessRight.Read, "models")]),
            "share" => new Caller(CallerKind.Share, "guest", [new AccessGrant(AccessRight.Read, "models", new HashSet<string>())]),
            _ => null,
        });
    }
}
