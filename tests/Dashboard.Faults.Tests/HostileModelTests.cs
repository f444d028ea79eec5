using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Torch.Tests;
using Xunit.Abstractions;

namespace Dashboard.Faults.Tests;

/// <summary>Real files of hostile models through the whole of it: upload, job, the server's own worker, its engines.</summary>
[Trait("Category", "Slow")]
public sealed class HostileModelTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Models_ThatMeanHarm_EndTheirJobsAlone()
    {
        using var folder = new TempFolder();
        var secret = Path.Combine(folder.Path, "secret");
        await File.WriteAllTextAsync(secret, "AAAAAAAA");
        await PythonScript.RunAsync("make_hostile.py", folder.Path, secret);
        await using var server = await ServerProcess.StartAsync(folder.Data, "--Worker:Local=true", "--Worker:Cores=1");
        var keys = Path.Combine(folder.Data, "keys-planted");
        await File.WriteAllTextAsync(keys, "the web process's own");
        var before = Hashes(folder.Data);
        using var made = await server.Http.PutAsync(new Uri("/api/v1/runs", UriKind.Relative), Text("""{"project":"hostile","run":"r"}"""));
        var run = (await Answer.OfAsync(made)).Json.GetProperty("id").GetString()!;
        await PutAsync(server, run, "batch", "batch", Batch());

        var (error, log) = await EndAsync(server, folder, run, "deep");
        Assert.StartsWith("Set aside: its worker, or the worker's engine, died 3 times. The engine died", error, StringComparison.Ordinal);
        Assert.Contains("behind walls", log, StringComparison.Ordinal);
        output.WriteLine(error);
        (error, _) = await EndAsync(server, folder, run, "connects");
        Assert.Contains("TCPStore", error, StringComparison.Ordinal);
        (error, _) = await EndAsync(server, folder, run, "writes_on_load");
        Assert.StartsWith("model: ", error, StringComparison.Ordinal);
        (error, _) = await EndAsync(server, folder, run, "talkative");

        // The sound one among them.
        Assert.Empty(error);
        Assert.False(server.HasExited, server.Log);
        Assert.Equal(200, await server.ReadyStatusAsync());
        Assert.Equal("AAAAAAAA", await File.ReadAllTextAsync(secret));
        Assert.False(File.Exists(secret + "-made"));
        Assert.Equal(before, Hashes(folder.Data));
    }

    private static async Task<(string Error, string Log)> EndAsync(ServerProcess server, TempFolder folder, string run, string model)
    {
        await PutAsync(server, run, $"{model}.pt", "model", await File.ReadAllBytesAsync(Path.Combine(folder.Path, $"{model}.pt")));
        using var posted = await server.Http.PostAsync(new Uri("/api/v1/jobs", UriKind.Relative), Text($$"""{"project":"hostile","kind":"probe","spec":{"model":{"run_id":"{{run}}","name":"{{model}}.pt"},"batch":{"run_id":"{{run}}","name":"batch"},"loss":"cross_entropy"} }"""));
        var job = (await Answer.OfAsync(posted)).Json.GetProperty("id").GetString();
        var end = "";
        await server.WaitForAsync(async () =>
        {
            var view = (await RunReader.GetAsync(server.Http, $"/api/v1/jobs/{job}")).Json;
            end = view.GetProperty("error").GetString() ?? "";
            return view.GetProperty("status").GetString() is "succeeded" or "failed";
        }, $"the job of {model} to end", TimeSpan.FromMinutes(2));
        return (end, (await RunReader.GetAsync(server.Http, $"/api/v1/jobs/{job}/log")).Text);
    }

    private static async Task PutAsync(ServerProcess server, string run, string name, string type, byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/runs/{run}/artifacts/{name}") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("Artifact-Type", type);
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal(201, (int)answer.StatusCode);
    }

    private static StringContent Text(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>Twenty samples of four numbers, of two classes.</summary>
    private static byte[] Batch()
    {
        var header = Encoding.UTF8.GetBytes("""{"inputs":{"dtype":"F32","shape":[20,4],"data_offsets":[0,320]},"targets":{"dtype":"I64","shape":[20],"data_offsets":[320,480]}}""");
        var bytes = new byte[8 + header.Length + 480];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>Everything in the data folder that the server itself does not go on writing.</summary>
    private static string Hashes(string data) => string.Join('\n', Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(data, path).StartsWith("artifacts", StringComparison.Ordinal) && !Path.GetRelativePath(data, path).StartsWith("logs", StringComparison.Ordinal) && !Path.GetFileName(path).Contains(".db", StringComparison.Ordinal) && Path.GetFileName(path) != "lock")
        .Order(StringComparer.Ordinal).Select(path => string.Create(CultureInfo.InvariantCulture, $"{path} {Convert.ToHexString(SHA256.HashData(ReadShared(path)))}")));

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
