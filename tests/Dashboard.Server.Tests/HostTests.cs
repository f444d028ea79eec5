using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

public sealed class HostTests(Lossboard server) : IClassFixture<Lossboard>, IDisposable
{
    private readonly HttpClient _client = server.CreateClient();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task OpenApi_Document_ListsEveryRouteOfTheInterface()
    {
        var paths = (await _client.GetAsync("/openapi/v1.json", 200)).GetProperty("paths");
        var endpoints = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        var mapped = endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal)).ToList();
        Assert.True(mapped.Count > 20);
        foreach (var endpoint in mapped)
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("**", "", StringComparison.Ordinal);
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                Assert.True(paths.TryGetProperty(path, out var item), path);
                Assert.True(item.TryGetProperty(method.ToLowerInvariant(), out var operation), $"{method} {path}");
                Assert.NotEqual("", operation.GetProperty("summary").GetString());
                Assert.EndsWith("/Problem", operation.GetProperty("responses").GetProperty("default").GetProperty("content").GetProperty(MediaTypes.Problem)
                    .GetProperty("schema").GetProperty("$ref").GetString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task OpenApi_Document_DescribesBodiesInSnakeCase()
    {
        var document = await _client.GetAsync("/openapi/v1.json", 200);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.True(schemas.GetProperty("ScalarsView").GetProperty("properties").TryGetProperty("wall_times", out _));
        Assert.True(schemas.GetProperty("Problem").GetProperty("properties").TryGetProperty("request_id", out _));
        var body = document.GetProperty("paths").GetProperty("/api/v1/events").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        Assert.True(body.TryGetProperty(MediaTypes.Json, out _) && body.TryGetProperty(MediaTypes.Scalars, out _));
    }

    [Fact]
    public async Task Limits_Served_AreTheOnesEnforced()
    {
        var limits = (await _client.GetAsync("/api/v1/limits", 200)).Deserialize(ContractsJson.Default.ApiLimits);
        Assert.Equal(server.Services.GetRequiredService<ApiLimits>(), limits);
    }

    [Fact]
    public async Task Health_OfAReadyServer_Is200()
    {
        Assert.Equal("live", await _client.GetStringAsync("/health/live"));
        Assert.Equal("ready", await _client.GetStringAsync("/health/ready"));
    }

    [Theory]
    [InlineData(StorageState.Starting, true)]
    [InlineData(StorageState.Full, true)]
    [InlineData(StorageState.Failed, false)]
    [InlineData(StorageState.Stopped, false)]
    public async Task Health_OfAStoreThatCannotWrite_Is503(StorageState state, bool retryable)
    {
        await using var unready = new Lossboard([], services => services.AddSingleton<IStorageHealth>(new Health(state)));
        using var client = unready.CreateClient();
        var problem = await client.GetAsync("/health/ready", 503);
        Assert.Equal(("not_ready", "Because.", retryable), (
            problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString(), problem.GetProperty("retryable").GetBoolean()));
        Assert.Equal("live", await client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task Metrics_AfterABatch_CountIt()
    {
        await using var fresh = new Lossboard();
        using var client = fresh.CreateClient();
        await client.PostEventsAsync("""{"project":"p","run":"r","events":[{"type":"scalars","tag":"a","steps":[1,2],"values":[1,2]}]}""");
        var lines = (await client.GetStringAsync("/metrics")).Split('\n');
        Assert.Contains("lossboard_ingest_accepted_total 2", lines);
        Assert.Contains("lossboard_storage_ready 1", lines);
        Assert.Contains("lossboard_http_requests_total{method=\"POST\",status=\"200\"} 1", lines);
    }

    [Fact]
    public async Task Stop_WithALiveSubscriber_IsPrompt()
    {
        var stopping = new Lossboard();
        await using var live = await LiveClient.ConnectAsync(stopping.Address);
        await live.SubscribeAsync("1", """{"project":"p"}""");
        var began = TimeProvider.System.GetTimestamp();
        await stopping.DisposeAsync();
        // Ten seconds is what a stop may take at all; a subscriber that has nothing to wait for must not use them up.
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("http://0.0.0.0:5000", false)]
    [InlineData("http://*:5000", false)]
    [InlineData("http://192.168.1.2:5000", false)]
    [InlineData("http://example.com:5000", false)]
    [InlineData("http://localhost:1;http://[::]:1", false)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://127.0.0.1:0;http://[::1]:7", true)]
    public void Urls_BeyondLoopback_AskForAccounts(string urls, bool local)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("urls", urls)]).Build();
        Assert.Equal(local ? AccessMode.Local : AccessMode.Accounts, Listening.Mode(new AccessOptions(), configuration));
        // Nor can the configuration open what others reach.
        var result = new AccessOptionsValidator(configuration).Validate(null, new AccessOptions { Mode = AccessMode.Local });
        Assert.Equal(local, result.Succeeded);
        Assert.True(new ServerOptionsValidator(configuration).Validate(null, new ServerOptions()).Succeeded);
    }

    [Fact]
    public void Options_ThatMakeNoSense_AreAllListedByKey()
    {
        var limits = new LimitsValidator().Validate(null, new ApiLimits { MaxEvents = 0, MaxNameBytes = -1, DefaultPageSize = 5000 });
        Assert.Equal(["Limits:MaxEvents", "Limits:MaxNameBytes", "Limits:DefaultPageSize"], limits.Failures!.Select(failure => failure.Split(' ')[0]));
        var storage = new StorageOptionsValidator().Validate(null, new StorageOptions { DataFolder = " ", QueueBatches = 0 });
        Assert.Equal(["Storage:DataFolder", "Storage:QueueBatches"], storage.Failures!.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public void Start_WithBadOptions_ListsEveryKeyAndExits()
    {
        var folder = Directory.CreateTempSubdirectory("lossboard-").FullName;
        var terminal = Console.Error;
        using var told = new StringWriter();
        Console.SetError(told);
        try
        {
            string[] args = ["--data", folder, "--urls", "http://0.0.0.0:0", "--Access:Mode=Local", "--Limits:MaxEvents=0", "--Storage:QueueBatches=many", "--Server:DrainSeconds=-1"];
            Assert.Equal(2, typeof(Program).Assembly.EntryPoint!.Invoke(null, [args]));
        }
        finally
        {
            Console.SetError(terminal);
            Directory.Delete(folder, recursive: true);
        }
        foreach (var key in (string[])["'http://0.0.0.0:0' can be reached", "Limits:MaxEvents", "'many' at 'Storage:QueueBatches'", "Server:DrainSeconds"])
            Assert.Contains(key, told.ToString(), StringComparison.Ordinal);
    }

    private sealed class Health(StorageState state) : IStorageHealth
    {
        public StorageState State => state;

        public string? Reason => "Because.";

        public IReadOnlyDictionary<string, double> Read() => new Dictionary<string, double>();
    }
}
