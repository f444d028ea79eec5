using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

/// <summary>A server with accounts and two projects, "ours" and "theirs", with one of everything in each, and a second run in ours.</summary>
public sealed class TwoProjects : IAsyncLifetime
{
    internal static readonly string[] Roles = ["anonymous", "expired", "read", "write", "worker", "other", "share", "viewer", "member", "owner", "server"];

    private readonly PlayedCredentials _credentials = new();

    public TwoProjects() => Server = new Lossboard(
        new Dictionary<string, string> { ["Access:Mode"] = "Accounts" }, services => services.AddSingleton<ICredentialReader>(_credentials));

    public Lossboard Server { get; }

    internal PlayedCredentials Credentials => _credentials;

    internal Belongings Ours { get; private set; } = null!;

    internal Belongings Theirs { get; private set; } = null!;

    /// <summary>The run of ours that no share link shows.</summary>
    public string Second { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _credentials.Add("server", CallerKind.Account, new AccessGrant(AccessRight.Administer));
        using var owner = As("server");
        Ours = await Belongings.MakeAsync(owner, "ours");
        Theirs = await Belongings.MakeAsync(owner, "theirs");
        await owner.PostEventsAsync("""{"project":"ours","run":"second","events":[{"type":"scalar","tag":"loss","step":1,"value":3},{"type":"scalar","tag":"other","step":1,"value":3}]}""");
        Second = (await owner.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"ours","run":"second","config":{"lr":7}}""", 200)).Text("id")!;

        _credentials.Add("read", CallerKind.Key, new AccessGrant(AccessRight.Read, "ours"));
        _credentials.Add("write", CallerKind.Key, new AccessGrant(AccessRight.Write, "ours"));
        _credentials.Add("worker", CallerKind.Key, new AccessGrant(AccessRight.Work, "ours"));
        _credentials.Add("other", CallerKind.Key, new AccessGrant(AccessRight.Write, "theirs"));
        _credentials.Add("other owner", CallerKind.Account, new AccessGrant(AccessRight.Manage, "theirs"));
        _credentials.Add("other worker", CallerKind.Key, new AccessGrant(AccessRight.Work, "theirs"));
        _credentials.Add("viewer", CallerKind.Account, new AccessGrant(AccessRight.Read, "ours"));
        _credentials.Add("member", CallerKind.Account, new AccessGrant(AccessRight.Write, "ours"));
        _credentials.Add("owner", CallerKind.Account, new AccessGrant(AccessRight.Manage, "ours"));
        _credentials.Add("share", CallerKind.Share, new AccessGrant(AccessRight.Read, "ours", new HashSet<string> { Ours.Run }));
        _credentials.Add("share of a tag", CallerKind.Share, new AccessGrant(AccessRight.Read, "ours", new HashSet<string> { Ours.Run }, new HashSet<string> { "loss", "h", "e" }));
        _credentials.Add("both", CallerKind.Account,
            new AccessGrant(AccessRight.Write, "theirs"), new AccessGrant(AccessRight.Read, "ours", new HashSet<string> { Ours.Run }));
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>A client with the credentials of a role; none for "anonymous".</summary>
    public HttpClient As(string role)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Server.Address };
        if (role != "anonymous")
            client.DefaultRequestHeaders.Add(PlayedCredentials.Header, role);
        return client;
    }
}

/// <summary>One of everything that a project can have.</summary>
internal sealed record Belongings(string Project, string Run, string Job, string View, string Checkpoint)
{
    public static async Task<Belongings> MakeAsync(HttpClient owner, string project)
    {
        var run = (await owner.SendAsync(HttpMethod.Put, "/api/v1/runs", $$$"""{"project":"{{{project}}}","run":"first","config":{"lr":0.1,"{{{project}}}":1},"notes":"of {{{project}}}"}""", 201)).Text("id")!;
        await owner.PostEventsAsync($$$"""
            {"project":"{{{project}}}","run":"first","events":[
              {"type":"scalars","tag":"loss","steps":[1,2],"values":[0.5,0.25]},{"type":"scalars","tag":"secret","steps":[1,2],"values":[1,2]},{"type":"scalars","tag":"lr","steps":[1,2],"values":[0.1,0.1]},
              {"type":"histogram","tag":"h","step":1,"edges":[-1,0,1],"counts":[3,5]},{"type":"histogram","tag":"secret-h","step":1,"edges":[-1,0,1],"counts":[3,5]},
              {"type":"text","tag":"t","step":1,"text":"said in {{{project}}}"},
              {"type":"embedding","tag":"e","step":1,"vectors":[[1,2],[3,4],[5,6]]},
              {"type":"predictions","tag":"p","step":1,"labels":[0,1],"scores":[[0.9,0.1],[0.2,0.8]]},
              {"type":"predictions","tag":"r","step":1,"targets":[[0],[1]],"scores":[[0.9],[0.2]]},
              {"type":"labels","split":"train","counts":{"cat":1}},{"type":"phase","name":"load","started":1,"ended":2}]}
            """);
        var checkpoint = await PutAsync(owner, run, "w.safetensors", "checkpoint");
        await PutAsync(owner, run, "images/loss/1.png", "image");
        await PutAsync(owner, run, "images/secret/1.png", "image");
        await PutAsync(owner, run, "model.pt", "model");
        var job = (await owner.SendAsync(HttpMethod.Post, "/api/v1/jobs",
            $$$"""{"project":"{{{project}}}","kind":"projection","spec":{"method":"pca","embedding":{"run_id":"{{{run}}}","tag":"e"} } }""", 202)).Text("id")!;
        var view = (await owner.SendAsync(HttpMethod.Post, "/api/v1/views", $$$"""{"project":"{{{project}}}","kind":"view","name":"v","body":{} }""", 201)).Text("id")!;
        return new Belongings(project, run, job, view, checkpoint);
    }

    public static async Task<string> PutAsync(HttpClient client, string run, string name, string type)
    {
        using var content = new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Artifact-Type", type);
        using var response = await client.PutAsync($"/api/v1/runs/{run}/artifacts/{name}", content);
        return (await response.ReadAsync(201)).Text("id")!;
    }
}
