using System.Text.Json;

namespace Dashboard.Server.Tests;

/// <summary>The catalogue in memory says at each moment what the database says.</summary>
public sealed class RunCatalogueTests
{
    [Fact]
    public async Task Table_AfterEachChangeAndARestart_IsWhatTheRunsAre()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-catalogue-").FullName;
        try
        {
            string id;
            await using (var server = new Lossboard([], folder: folder))
            {
                using var client = server.CreateClient();
                Assert.Equal("", await ShowAsync(client, "live"));
                id = (await client.SendAsync(HttpMethod.Put, "/api/v1/runs", """{"project":"p","run":"a","config":{"lr":1}}""", 201)).GetProperty("id").GetString()!;
                Assert.Equal("a g= lr=1 loss=", await ShowAsync(client, "live"));
                await client.PostEventsAsync("""{"project":"p","run":"a","events":[{"type":"scalar","tag":"loss","step":1,"value":5}]}""");
                Assert.Equal("a g= lr=1 loss=5", await ShowAsync(client, "live"));
                await client.PostEventsAsync("""{"project":"p","run":"b","events":[{"type":"scalar","tag":"loss","step":1,"value":7}]}""");
                Assert.Equal("a g= lr=1 loss=5|b g= lr= loss=7", await ShowAsync(client, "live"));
                await PatchAsync(client, id, """{"name":"c","group":"x","config":{"lr":"two"}}""");
                Assert.Equal("b g= lr= loss=7|c g=x lr=two loss=5", await ShowAsync(client, "live"));
                await PatchAsync(client, id, """{"archived":true}""");
                Assert.Equal(("b g= lr= loss=7", "c g=x lr=two loss=5", ""), (await ShowAsync(client, "live"), await ShowAsync(client, "archived"), await ShowAsync(client, "trash")));
                await client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{id}", null, 204);
                Assert.Equal(("b g= lr= loss=7", "", "c g=x lr=two loss=5"), (await ShowAsync(client, "live"), await ShowAsync(client, "archived"), await ShowAsync(client, "trash")));
            }

            await using (var server = new Lossboard([], folder: folder))
            {
                using var client = server.CreateClient();
                Assert.Equal(("b g= lr= loss=7", "c g=x lr=two loss=5"), (await ShowAsync(client, "live"), await ShowAsync(client, "trash")));
                await client.PostEventsAsync("""{"project":"p","run":"b","events":[{"type":"scalar","tag":"loss","step":2,"value":1}]}""");
                await PatchAsync(client, id, """{"trashed":false,"archived":false}""");
                Assert.Equal("b g= lr= loss=1|c g=x lr=two loss=5", await ShowAsync(client, "live"));
                await client.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{id}?permanent=true", null, 204);
                Assert.Equal(("b g= lr= loss=1", ""), (await ShowAsync(client, "live"), await ShowAsync(client, "trash")));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Table_WhileRunsAreMadeAndChanged_AlwaysHoldsWhatWasAcknowledged()
    {
        await using var server = new Lossboard();
        using var client = server.CreateClient();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var turn = 0; turn < 10; turn++)
            {
                var name = $"w{writer}-{turn}";
                await client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"busy","config":{"n":0},"run":"{{name}}"}""", 201);
                await client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"busy","config":{"n": {{turn}} },"run":"{{name}}"}""", 200);
                var table = await client.SendAsync(HttpMethod.Post, "/api/v1/runs/table", $$"""{"project":"busy","query":"config.n = {{turn}} name = '{{name}}'"}""", 200);
                Assert.Equal(1, table.GetProperty("matched").GetInt32());
            }
        }));
    }

    private static async Task<string> ShowAsync(HttpClient client, string state)
    {
        var table = await client.SendAsync(
            HttpMethod.Post, "/api/v1/runs/table",
            $$"""{"project":"p","state":"{{state}}","sort":[{"by":"name"}],"columns":["group","config.lr","summary(\"loss\").last"]}""", 200);
        var columns = table.GetProperty("columns");
        return string.Join('|', table.GetProperty("runs").EnumerateArray().Select((run, at) =>
            $"{run.GetProperty("name").GetString()} g={columns.GetProperty("group")[at]} lr={columns.GetProperty("config.lr")[at]} loss={columns.GetProperty("summary(\"loss\").last")[at]}"));
    }

    private static Task<JsonElement> PatchAsync(HttpClient client, string id, string body) => client.SendAsync(HttpMethod.Patch, $"/api/v1/runs/{id}", body, 200);
}
