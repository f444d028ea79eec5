using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dashboard.Contracts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Server.Tests;

/// <summary>A whole server over Kestrel on a free port, with the real store in a folder of its own.</summary>
public sealed class Lossboard : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> _settings;
    private readonly Action<IServiceCollection>? _replace;
    private readonly bool _keepFolder;

    public Lossboard()
        : this([])
    {
    }

    internal Lossboard(Dictionary<string, string> settings, Action<IServiceCollection>? replace = null, string? folder = null)
    {
        _settings = settings;
        _replace = replace;
        _keepFolder = folder is not null;
        Folder = folder ?? Directory.CreateTempSubdirectory("lossboard-").FullName;
        UseKestrel();
    }

    public string Folder { get; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Storage:DataFolder", Folder);
        builder.UseSetting("Server:Port", "0");
        // Tests play the worker themselves.
        builder.UseSetting("Worker:Local", "false");
        foreach (var (key, value) in _settings)
            builder.UseSetting(key, value);
        if (_replace is not null)
            builder.ConfigureTestServices(_replace);
    }

    /// <summary>The server's own address.</summary>
    public Uri Address
    {
        get
        {
            StartServer();
            return ClientOptions.BaseAddress;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && !_keepFolder && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!_keepFolder && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}

internal static class Requests
{
    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, MediaTypes.Json);

    public static HttpContent Bytes(byte[] bytes, string type, string? encoding = null)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    /// <summary>Posts events as JSON and gives the answer of the one expected status.</summary>
    public static async Task<JsonElement> PostEventsAsync(this HttpClient client, string body, int expected = 200)
    {
        using var content = Json(body);
        using var response = await client.PostAsync("/api/v1/events", content);
        return await response.ReadAsync(expected);
    }

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response, int expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == (int)response.StatusCode, $"Expected {expected}, got {(int)response.StatusCode}: {text}");
        if (expected >= 400)
            Assert.Equal(MediaTypes.Problem, response.Content.Headers.ContentType?.MediaType);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public static async Task<JsonElement> GetAsync(this HttpClient client, string path, int expected)
    {
        using var response = await client.GetAsync(path);
        return await response.ReadAsync(expected);
    }

    public static async Task<JsonElement> SendAsync(this HttpClient client, HttpMethod method, string path, object? json, int expected)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is string text)
            request.Content = Json(text);
        else if (json is not null)
            request.Content = JsonContent.Create(json);
        using var response = await client.SendAsync(request);
        return await response.ReadAsync(expected);
    }

    /// <summary>The fault at a pointer.</summary>
    public static string ErrorCode(this JsonElement problem, string pointer) =>
        problem.GetProperty("errors").EnumerateArray().Single(error => error.GetProperty("pointer").GetString() == pointer).GetProperty("code").GetString()!;

    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static T[] Array<T>(this JsonElement json, string name) => json.GetProperty(name).Deserialize<T[]>(Named)!;

    private static readonly JsonSerializerOptions Named = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
