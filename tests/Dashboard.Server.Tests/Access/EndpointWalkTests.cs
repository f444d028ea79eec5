using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

public sealed class EndpointWalkTests(TwoProjects projects) : IClassFixture<TwoProjects>
{
    // Of jobs that must differ.
    private static int _seed = 1000;

    private static readonly string[] BodyMethods = ["POST", "PUT", "PATCH"];

    private IEnumerable<(string Method, string Pattern, RouteEndpoint Endpoint)> Endpoints()
    {
        _ = projects.Server.Address;
        foreach (var endpoint in projects.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            // What the pages' framework serves for itself, and forms that it would post to pages: none of ours has one.
            if (endpoint.RoutePattern.RawText!.Contains("_framework", StringComparison.Ordinal))
                continue;
            var isPage = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null;
            var methods = isPage ? ["GET"] : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;
            // The hub's own endpoints take all methods, and choose themselves.
            foreach (var method in methods ?? [endpoint.RoutePattern.RawText!.EndsWith("negotiate", StringComparison.Ordinal) ? "POST" : "GET"])
                yield return (method, endpoint.RoutePattern.RawText!, endpoint);
        }
    }

    [Fact]
    public void Endpoints_All_SayWhoMayUseThem()
    {
        _ = projects.Server.Address;
        var all = projects.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.True(all.Count > 100);
        Assert.Empty(all.Where(endpoint => endpoint.Metadata.GetMetadata<AccessRule>() is null).Select(endpoint => endpoint.DisplayName));
    }

    [Fact]
    public void Endpoints_All_AreInTheTable()
    {
        var served = Endpoints().Select(one => $"{one.Method} /{one.Pattern.Trim('/')}").ToHashSet();
        var written = AccessTable.Rows.Select(row => $"{row.Method} /{row.Pattern.Trim('/')}").ToHashSet();
        Assert.Empty(served.Except(written).Order());
        Assert.Empty(written.Except(served).Order());
    }

    [Fact]
    public void Endpoints_ThatChangeSomething_AreNotForShareLinks()
    {
        // What a link may post to reads by what the body names, or opens the hub.
        string[] reading = ["/query", "/join", "/tags", "/table", "/neighbors", "/negotiate"];
        Assert.DoesNotContain(Endpoints(), one => one.Method != "GET" && one.Endpoint.Metadata.GetMetadata<SharedRoute>() is not null && one.Endpoint.Metadata.GetMetadata<AccessRule>()!.Right is not null
            && !reading.Any(end => one.Pattern.EndsWith(end, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Endpoints_All_LetInWhomTheTableNamesAndNobodyElse(string role)
    {
        using var client = projects.As(role);
        using var leaving = await projects.AsAnewAsync(role);
        using var owner = projects.As("server");
        var wrong = new StringBuilder();
        foreach (var row in AccessTable.Rows)
        {
            using var request = await RequestAsync(row, projects.Ours, owner);
            var isSignOut = row is { Method: "DELETE", Pattern: "/api/v1/session" };
            using var response = await (isSignOut ? leaving : client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var status = (int)response.StatusCode;
            var isRight = row.LetsIn(role) ? row.IsIn(status) : row.Refusal(role).Contains(status);
            if (!isRight)
                wrong.Append(CultureInfo.InvariantCulture, $"{row.Method} {row.Pattern}: {status}, not {(row.LetsIn(role) ? "let in" : string.Join(" or ", row.Refusal(role)))}: {await response.Content.ReadAsStringAsync()}\n");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    public static TheoryData<string> Roles() => [.. TwoProjects.Roles];

    /// <summary>A request of a row about what belongs to a project; what it destroys is made for it.</summary>
    internal static async Task<HttpRequestMessage> RequestAsync(AccessRow row, Belongings of, HttpClient owner)
    {
        var name = row.Query.Contains("ARTIFACT=", StringComparison.Ordinal) ? row.Query[(row.Query.IndexOf("ARTIFACT=", StringComparison.Ordinal) + 9)..] : "";
        if (row.Query.Contains("FRESH", StringComparison.Ordinal))
            of = await FreshAsync(row, of, owner, name);
        var path = row.Pattern.Replace("{run_id}", of.Run, StringComparison.Ordinal).Replace("{job_id}", of.Job, StringComparison.Ordinal).Replace("{view_id}", of.View, StringComparison.Ordinal)
            .Replace("{id}", of.Checkpoint, StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{key_id}", of.Key, StringComparison.Ordinal)
            .Replace("{link_id}", of.Link, StringComparison.Ordinal).Replace("{invitation_id}", of.Invitation, StringComparison.Ordinal).Replace("{account_id}", of.Account, StringComparison.Ordinal)
            .Replace("{LinkId}", of.Link, StringComparison.Ordinal).Replace("{**name}", name, StringComparison.Ordinal)
            .Replace("{project}", Uri.EscapeDataString(of.Project), StringComparison.Ordinal);
        var query = row.Query.Contains("ARTIFACT", StringComparison.Ordinal) || row.Query == "?FRESH" ? "" : Fill(row.Query.Replace("FRESH&", "", StringComparison.Ordinal), of);
        var request = new HttpRequestMessage(new HttpMethod(row.Method), path + query);
        if (row.Pattern.EndsWith("{**name}", StringComparison.Ordinal) && row.Method == "PUT")
            request.Content = Requests.Bytes([1, 2, 3], "application/octet-stream");
        else if (row.Pattern.EndsWith("/import", StringComparison.Ordinal))
            request.Content = Requests.Bytes([1, 2, 3], "application/zip");
        else if (BodyMethods.Contains(row.Method) && row.Body is { } body)
            request.Content = Requests.Json(Fill(body, of));
        return request;
    }

    private static string Fill(string text, Belongings of) =>
        text.Replace("PROJECT", of.Project, StringComparison.Ordinal).Replace("CHECKPOINT", of.Checkpoint, StringComparison.Ordinal).Replace("RUN", of.Run, StringComparison.Ordinal);

    private static async Task<Belongings> FreshAsync(AccessRow row, Belongings of, HttpClient owner, string artifact)
    {
        var name = Guid.NewGuid().ToString("n");
        if (row.Pattern.Contains("{view_id}", StringComparison.Ordinal))
            return of with { View = (await owner.SendAsync(HttpMethod.Post, "/api/v1/views", $$"""{"project":"{{of.Project}}","kind":"view","name":"{{name}}","body":{} }""", 201)).Text("id")! };
        if (row.Pattern.Contains("{key_id}", StringComparison.Ordinal))
            return of with { Key = (await Belongings.KeyAsync(owner, of.Project, "read")).Id };
        if (row.Pattern.Contains("{link_id}", StringComparison.Ordinal))
            return of with { Link = (await Belongings.LinkAsync(owner, of.Project, of.Run)).Id };
        if (row.Pattern.Contains("{invitation_id}", StringComparison.Ordinal))
            return of with { Invitation = (await Belongings.InviteAsync(owner, of.Project, "viewer")).Text("id")! };
        if (row.Pattern.Contains("{account_id}", StringComparison.Ordinal))
        {
            await owner.SendAsync(HttpMethod.Put, $"/api/v1/people/{of.Account}", $$"""{"project":"{{of.Project}}","role":"viewer"}""", 200);
            return of;
        }
        if (row.Pattern.Contains("{job_id}", StringComparison.Ordinal))
        {
            var spec = $$$"""{"project":"{{{of.Project}}}","kind":"projection","spec":{"method":"pca","seed":{{{Interlocked.Increment(ref _seed)}}},"embedding":{"run_id":"{{{of.Run}}}","tag":"e"} } }""";
            return of with { Job = (await owner.SendAsync(HttpMethod.Post, "/api/v1/jobs", spec, 202)).Text("id")! };
        }
        if (artifact.Length > 0)
        {
            await Belongings.PutAsync(owner, of.Run, artifact, "file");
            return of;
        }
        return of with { Run = (await owner.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{of.Project}}","run":"{{name}}"}""", 201)).Text("id")! };
    }
}
