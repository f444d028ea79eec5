using System.Net.Http.Headers;

namespace Dashboard.Server.Tests;

/// <summary>A server with accounts and an owner key.</summary>
public sealed class Team : IAsyncDisposable
{
    internal const string OwnerKey = "an owner key of more than thirty-two characters";

    public Team()
        : this([])
    {
    }

    internal Team(Dictionary<string, string> settings, string? folder = null) => Server = new Lossboard(new Dictionary<string, string>(settings)
    {
        ["Access:Mode"] = "Accounts",
        [AccessOptions.OwnerKeyVariable] = OwnerKey,
    }, folder: folder);

    internal Lossboard Server { get; }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal HttpClient Owner() => With(OwnerKey);

    internal HttpClient With(string? key)
    {
        var client = Server.CreateClient();
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Makes a key with the owner key.</summary>
    internal async Task<(string Id, string Key)> MakeAsync(string role, string? project, string name = "ci", double? expires = null)
    {
        using var owner = Owner();
        var made = await owner.SendAsync(HttpMethod.Post, "/api/v1/keys", new { name, project, role, expires }, 201);
        return (made.Text("id")!, made.Text("key")!);
    }
}
