using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Browser.Tests;

/// <summary>The real server as a process of its own over a folder of its own; it can be killed and started again at the same address.</summary>
public sealed class LossboardServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly string _data = Directory.CreateTempSubdirectory("lossboard-browser-").FullName;
    private readonly int _port = FreePort();
    private readonly HttpClient _http;
    private readonly string? _ownerKey;
    private readonly TaskCompletionSource<string> _ownerLink = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasAccounts;
    private Process? _process;

    private LossboardServer(string? ownerKey)
    {
        _hasAccounts = ownerKey is not null;
        _ownerKey = ownerKey;
        _http = new HttpClient { BaseAddress = new Uri(Address) };
        if (ownerKey is not null)
            _http.DefaultRequestHeaders.Authorization = new("Bearer", ownerKey);
    }

    /// <summary>Folder of the solution.</summary>
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Dashboard.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }

    public string Address => $"http://localhost:{_port}/";

    /// <summary>Starts one; with accounts where it gets an owner's key, by which it is pushed to.</summary>
    public static async Task<LossboardServer> StartNewAsync(string? ownerKey = null)
    {
        var server = new LossboardServer(ownerKey);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts one with accounts and without an owner; <see cref="OwnerLinkAsync"/> is the way in.</summary>
    public static async Task<LossboardServer> StartWithAccountsAsync()
    {
        var server = new LossboardServer(null) { _hasAccounts = true };
        await server.StartAsync();
        return server;
    }

    /// <summary>The link that it printed to its terminal.</summary>
    public Task<string> OwnerLinkAsync() => _ownerLink.Task;

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { ServerPath(), "--port", _port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--data", _data, "--Worker:Local=false" })
        {
            start.ArgumentList.Add(argument);
        }

        if (_hasAccounts)
            start.ArgumentList.Add("--Access:Mode=Accounts");
        if (_ownerKey is not null)
        {
            start.Environment["LOSSBOARD_OWNER_KEY"] = _ownerKey;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        // Read to the end, or a full pipe would stop the server.
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("/invitation#", StringComparison.Ordinal) == true)
                _ownerLink.TrySetResult(line.Data.Trim());
        };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync();
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Pushes scalars and answers the run's id.</summary>
    public async Task<string> PushAsync(string project, string run, string tag, IEnumerable<long> steps, Func<long, double> value)
    {
        var all = steps.ToArray();
        var body = new { project, run, events = new[] { new { type = "scalars", tag, steps = all, values = all.Select(value).ToArray() } } };
        return (await PostAsync("api/v1/events", body))["run_id"]!.GetValue<string>();
    }

    public async Task<JsonObject> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(path, body, Json);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public async Task DeleteAsync(string path)
    {
        using var answer = await _http.DeleteAsync(path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task PutRunAsync(string project, string run, string status, object? config = null)
    {
        using var answer = await _http.PutAsJsonAsync("api/v1/runs", new { project, run, status, config });
        answer.EnsureSuccessStatusCode();
    }

    public async Task PutArtifactAsync(string runId, string name, string type, byte[] content, long? step = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"api/v1/runs/{runId}/artifacts/{name}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Headers.Add("Artifact-Type", type);
        if (step is { } at)
            request.Headers.Add("Artifact-Step", at.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            Assert.False(_process!.HasExited, "The server ended while it started.");
            try
            {
                using var answer = await _http.GetAsync("health/ready", limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }

    private static string ServerPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (folder.Name, folder.Parent!.Name);
        return Path.Combine(Root, "src", "Dashboard.Server", "bin", configuration, framework, "Dashboard.Server.dll");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
