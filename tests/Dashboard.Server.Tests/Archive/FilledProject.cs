using System.Text;
using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>A project with something of everything that one can hold.</summary>
internal sealed record FilledProject(string Name, string First, string Second)
{
    /// <summary>Bits of a NaN that no calculation gives.</summary>
    public const ulong OddNaN = 0x7ff4_dead_beef_0001;

    public const string Secret = "canary-secret-of-a-webhook";
    public const string Hook = "http://127.0.0.1:9/canary-address";

    public static async Task<FilledProject> FillAsync(HttpClient client, string name)
    {
        var first = (await EventsAsync(client, name, "cnn/seed-1",
            $$"""
            {"type":"scalars","tag":"train/loss","steps":[{{string.Join(',', Enumerable.Range(0, 9000))}}],"values":[{{string.Join(',', Enumerable.Range(0, 9000).Select(step => (step * 37 % 1000 / 7.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}}]},
            {"type":"scalars","tag":"odd, \"quoted\"","steps":[-3,0,1,2,9007199254740993],"values":[-0.0,"Infinity","-Infinity",5e-324,1.7976931348623157e308],"wall_times":[0,-0.0,0.1,1e300,1790000000.123]},
            {"type":"histogram","tag":"weights","step":10,"values":[0.1,-0.2,0.3,2]},
            {"type":"embedding","tag":"penultimate","step":10,"vectors":[[0.1,0.2,0,1],[0.3,0.4,1,0],[-1,2.5,3,3]],"metadata":{"label":["cat","dog","猫"]} },
            {"type":"text","tag":"notes","step":0,"text":"# Anfang\n<b>kein</b> 标记 \u0000"},
            {"type":"predictions","tag":"val","step":10,"labels":[0,2],"scores":[[0.9,0.05,0.05],[0.1,0.2,0.7]],"losses":[0.105,"NaN"],"ids":["a.png","b.png"]},
            {"type":"labels","split":"train","counts":{"cat":900,"dog":100} },
            {"type":"phase","name":"data_loading","started":1790000000.0,"ended":1790000003.5}
            """)).Text("run_id")!;
        await EventsAsync(client, name, "cnn/seed-1", """{"type":"scalars","tag":"restarted","steps":[0,1,2,3],"values":[1,2,3,4]}""");
        await EventsAsync(client, name, "cnn/seed-1", """{"type":"scalars","tag":"restarted","steps":[2,3,3],"values":[5,6,7]}""");
        var second = (await EventsAsync(client, name, "cnn/seed-2", """{"type":"scalar","tag":"train/loss","step":1,"value":"NaN"}""")).Text("run_id")!;
        var third = (await EventsAsync(client, name, "gone", """{"type":"scalar","tag":"train/loss","step":1,"value":0.5}""")).Text("run_id")!;
        await client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""
            {"project":"{{name}}","run":"cnn/seed-1","config":{"lr":1.50e-3,
              "name":"größe","deep":{"layers":[1,null]} },"tags":["best","论文"],"group":"cnn","notes":"A *note*.","status":"finished"}
            """, 200);
        await client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{name}}","run":"cnn/seed-2","parent":"{{first}}","status":"failed"}""", 200);
        await client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{second}", """{"color":3,"archived":true}""", 200);
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{third}", null, 204);
        await PutAsync(client, first, "net/ckpt", "first", 100);
        var version = await PutAsync(client, first, "net/ckpt", "second", 200);
        await PutAsync(client, second, "same", "second", 200);
        await client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{first}/checkpoints/{version}", """{"kept":true}""", 200);
        var project = Uri.EscapeDataString(name);
        await client.SendAsync(HttpMethod.Post, "/api/v1/views", $$"""
            {"project":"{{name}}","kind":"view","name":"Losses","body":{"path":"scalars?project={{project}}&runs={{first}}%2C{{second}}"} }
            """, 201);
        await client.SendAsync(HttpMethod.Post, "/api/v1/views", $$"""{"project":"{{name}}","kind":"report","name":"~run.1~","body":{"text":"~run.1~ ~=run.2~ is no place"} }""", 201);
        await JobsAsync(client, name, first);
        await client.SendAsync(HttpMethod.Put, "/api/v1/retention", $$"""{"project":"{{name}}","revision":0,"rules":{"enabled":false,"keep_last":3} }""", 200);
        await client.SendAsync(HttpMethod.Put, $"/api/v1/diagnosis/alerts?project={project}",
            $$"""{"revision":0,"webhook_url":"{{Hook}}","webhook_secret":"{{Secret}}","email_to":["a@example.org"],"severity":"critical","codes":["plateau"]}""", 200);
        return new FilledProject(name, first, second);
    }

    private static async Task JobsAsync(HttpClient client, string name, string run)
    {
        string Body(string more) => $$"""{"project":"{{name}}","kind":"projection","spec":{"embedding":{"run_id":"{{run}}","tag":"penultimate","step":10},"method":"pca","dims":2{{more}} } }""";
        var done = (await client.SendAsync(HttpMethod.Post, "/api/v1/jobs", Body(""), 202)).Text("id")!;
        var worker = new PlayedWorker(client, "projection");
        while ((await worker.LeaseAsync()).GetProperty("job").Text("id") != done)
            await worker.FinishAsync(done, "\"given_back\":true");
        await worker.ReportAsync(done, """ "log":[{"wall_time":1,"message":"begun"}]""");
        await worker.FinishAsync(done, """ "result":{"coordinates":[[0,1],[2,3],[4,5]]}""");
        var cancelled = (await client.SendAsync(HttpMethod.Post, "/api/v1/jobs", Body(",\"standardize\":true"), 202)).Text("id")!;
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{cancelled}", null, 200);
    }

    private static Task<JsonElement> EventsAsync(HttpClient client, string project, string run, string events) =>
        client.PostEventsAsync($$"""{"project":"{{project}}","run":"{{run}}","events":[{{events}}]}""");

    private static async Task<string> PutAsync(HttpClient client, string run, string name, string text, long step)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new("application/octet-stream");
        content.Headers.Add("Artifact-Type", "checkpoint");
        content.Headers.Add("Artifact-Step", step.ToString(System.Globalization.CultureInfo.InvariantCulture));
        content.Headers.Add("Artifact-Metric", "val/loss");
        content.Headers.Add("Artifact-Metric-Value", "0.1");
        using var response = await client.PutAsync($"/api/v1/runs/{run}/artifacts/{name}", content);
        return (await response.ReadAsync(201)).Text("id")!;
    }
}
