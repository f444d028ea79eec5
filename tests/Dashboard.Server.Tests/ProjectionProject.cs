using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Dashboard.Tensors;

namespace Dashboard.Server.Tests;

/// <summary>A project with one run, for tests of projections.</summary>
internal sealed class ProjectionProject(HttpClient client, string name, string run)
{
    public string Name => name;

    public string Run => run;

    public static async Task<ProjectionProject> NewAsync(HttpClient client)
    {
        var name = "projections-" + Guid.NewGuid().ToString("n");
        return new ProjectionProject(client, name, (await client.SendAsync(HttpMethod.Put, "/api/v1/runs", $$"""{"project":"{{name}}","run":"r"}""", 201)).Text("id")!);
    }

    /// <summary>Logs vectors (row, row², 1) with a label, and posts the events' answer.</summary>
    public Task<JsonElement> LogAsync(string tag, long step, int rows, string more = "", int expected = 200)
    {
        var vectors = string.Join(',', Enumerable.Range(0, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"[{row},{row * row},1]")));
        var labels = string.Join(',', Enumerable.Range(0, rows).Select(row => $"\"{(row % 2 == 0 ? "even" : "odd")}\""));
        return client.PostEventsAsync(
            $$"""{"project":"{{name}}","run":"r","events":[{"type":"embedding","tag":"{{tag}}","step":{{step}},"vectors":[{{vectors}}],"metadata":{"kind":[{{labels}}]}{{more}}}]}""", expected);
    }

    public async Task<string> PutAsync(string artifact, byte[] bytes, string type = "file")
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Artifact-Type", type);
        using var response = await client.PutAsync($"/api/v1/runs/{run}/artifacts/{artifact}", content);
        return (await response.ReadAsync(201)).Text("id")!;
    }

    public Task<string> PutAsync(string artifact, string text, string type = "file") => PutAsync(artifact, Encoding.UTF8.GetBytes(text), type);

    public Task<JsonElement> PostAsync(string spec, int expected = 202) =>
        client.SendAsync(HttpMethod.Post, "/api/v1/jobs", $$"""{"project":"{{name}}","kind":"projection","spec":{{Filled(spec)}}}""", expected);

    public Task<JsonElement> DescribeAsync(string spec, int expected = 200) =>
        client.SendAsync(HttpMethod.Post, "/api/v1/projections/describe", $$"""{"project":"{{name}}","spec":{{Filled(spec)}}}""", expected);

    /// <summary>Plays the worker that computes a job.</summary>
    public async Task ComputeAsync(string job, string result)
    {
        var worker = new PlayedWorker(client, "projection");
        while ((await worker.LeaseAsync()).GetProperty("job").Text("id") != job)
        {
            // Jobs of other tests at the same server, which nobody waits for.
        }
        await worker.FinishAsync(job, $"\"result\":{result}");
    }

    /// <summary>Tensors of a safetensors file of float32, by name.</summary>
    public async Task<Dictionary<string, (long[] Shape, float[] Values)>> TensorsAsync(string path)
    {
        var (bytes, header, json) = await FileAsync(path);
        using var read = json;
        return json.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__").ToDictionary(tensor => tensor.Name, tensor =>
        {
            var range = tensor.Value.Array<int>("data_offsets");
            return (tensor.Value.Array<long>("shape"), MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + header)[range[0]..range[1]]).ToArray());
        });
    }

    /// <summary>A text that a safetensors file says of itself.</summary>
    public async Task<string> SaysAsync(string path, string key)
    {
        var (_, _, json) = await FileAsync(path);
        using var read = json;
        return json.RootElement.GetProperty("__metadata__").Text(key)!;
    }

    private async Task<(byte[] Bytes, int Header, JsonDocument Json)> FileAsync(string path)
    {
        var bytes = await client.GetByteArrayAsync(path);
        var header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return (bytes, header, JsonDocument.Parse(bytes.AsMemory(8, header)));
    }

    public static byte[] Safetensors(string tensor, long[] shape, float[] values, IReadOnlyDictionary<string, string>? metadata = null) =>
        [.. SafetensorsHeader.Make([(tensor, TensorType.Float32, shape)], metadata), .. MemoryMarshal.AsBytes(values.AsSpan())];

    /// <summary>RUN in a spec stands for the run's id.</summary>
    private string Filled(string spec) => spec.Replace("RUN", run, StringComparison.Ordinal);
}
