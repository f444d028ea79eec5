using System.Net.Http.Headers;
using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>One of everything that a project can have.</summary>
internal sealed record Belongings(string Project, string Run, string Job, string View, string Checkpoint, string Key, string Link, string Invitation)
{
    /// <summary>Somebody who can be put into the project.</summary>
    public string Account { get; init; } = "";

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
        var view = (await owner.SendAsync(HttpMethod.Post, "/api/v1/views", $$$"""{"project":"{{{project}}}","kind":"report","name":"v","body":{"blocks":[]} }""", 201)).Text("id")!;
        return new Belongings(project, run, job, view, checkpoint,
            (await KeyAsync(owner, project, "read")).Id, (await LinkAsync(owner, project, run)).Id, (await InviteAsync(owner, project, "viewer")).Text("id")!);
    }

    public static async Task<string> PutAsync(HttpClient client, string run, string name, string type)
    {
        using var content = new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Artifact-Type", type);
        using var response = await client.PutAsync($"/api/v1/runs/{run}/artifacts/{name}", content);
        return (await response.ReadAsync(201)).Text("id")!;
    }

    public static async Task<(string Id, string Key)> KeyAsync(HttpClient owner, string project, string role)
    {
        var made = await owner.SendAsync(HttpMethod.Post, "/api/v1/keys", new { name = $"{role} key", project, role }, 201);
        return (made.Text("id")!, made.Text("key")!);
    }

    public static async Task<(string Id, string Secret)> LinkAsync(HttpClient owner, string project, string run, string? view = null)
    {
        var made = await owner.SendAsync(HttpMethod.Post, "/api/v1/share-links", new { project, run_ids = new[] { run }, view = view ?? $"/scalars?project={project}" }, 201);
        return (made.Text("id")!, made.Text("url")!.Split('#')[1]);
    }

    public static Task<JsonElement> InviteAsync(HttpClient owner, string project, string role) =>
        owner.SendAsync(HttpMethod.Post, "/api/v1/invitations", new { project, role, days = 7 }, 201);
}
