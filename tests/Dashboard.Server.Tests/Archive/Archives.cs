using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Server.Tests;

/// <summary>Gets archives, and makes other ones of them.</summary>
internal static class Archives
{
    public static async Task<byte[]> ExportAsync(this HttpClient client, string project)
    {
        using var response = await client.GetAsync($"/api/v1/projects/{Uri.EscapeDataString(project)}/export");
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public static async Task<JsonElement> ImportAsync(this HttpClient client, byte[] archive, string? name, int expected)
    {
        using var content = Requests.Bytes(archive, "application/zip");
        using var response = await client.PostAsync("/api/v1/projects/import" + (name is null ? "" : $"?as={Uri.EscapeDataString(name)}"), content);
        return await response.ReadAsync(expected);
    }

    /// <summary>Unpacked entries, in the order of the archive.</summary>
    public static List<(string Name, byte[] Content)> Entries(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return [.. zip.Entries.Select(entry => (entry.FullName, Unpacked(entry)))];
    }

    public static string Content(byte[] archive) => JsonDocument.Parse(Entries(archive).Single(entry => entry.Name == "manifest.json").Content).RootElement.Text("content")!;

    /// <summary>The same archive with one entry as <paramref name="change"/> makes it. Where the manifest is to agree, it is made anew as well.</summary>
    public static byte[] With(byte[] archive, string name, Func<string, string> change, bool agreeing) =>
        With(archive, entries => [.. entries.Select(entry => entry.Name == name ? (name, Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(entry.Content)))) : entry)], agreeing);

    public static byte[] With(byte[] archive, Func<List<(string Name, byte[] Content)>, IEnumerable<(string Name, byte[] Content)>> change, bool agreeing, Action<ZipArchiveEntry>? mark = null)
    {
        var entries = change(Entries(archive)).ToList();
        if (agreeing)
            entries = Agreeing(entries);
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                var entry = zip.CreateEntry(name);
                mark?.Invoke(entry);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }
        return file.ToArray();
    }

    private static List<(string Name, byte[] Content)> Agreeing(List<(string Name, byte[] Content)> entries)
    {
        var others = entries.Where(entry => entry.Name != "manifest.json").DistinctBy(entry => entry.Name).ToList();
        var manifest = JsonNode.Parse(entries.Single(entry => entry.Name == "manifest.json").Content)!.AsObject();
        var listed = others.Select(entry => (entry.Name, entry.Content.LongLength, Hash: Convert.ToHexStringLower(SHA256.HashData(entry.Content)))).ToList();
        manifest["entries"] = new JsonArray([.. listed.Select(entry => new JsonObject { ["name"] = entry.Name, ["size"] = entry.LongLength, ["sha256"] = entry.Hash })]);
        // As docs/archive.md says it, and not as the product's code does.
        var lines = string.Concat(listed.Select(entry => $"{entry.Hash}  {entry.Name}\n").Order(StringComparer.Ordinal));
        manifest["content"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
        return [.. entries.Select(entry => entry.Name == "manifest.json" ? (entry.Name, Encoding.UTF8.GetBytes(manifest.ToJsonString())) : entry)];
    }

    private static byte[] Unpacked(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
