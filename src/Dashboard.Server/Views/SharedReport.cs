using System.Buffers;
using System.Text.Json;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>A report as share links show it: what readers see of it, and no address of a page that the link does not show.</summary>
internal static class SharedReport
{
    private static readonly string[] OfPages = ["type", "title", "width", "height"];
    private static readonly string[] OfNotes = ["type", "text", "width"];

    /// <summary>The body of a report with the fields of its blocks that are shown; <c>path</c> is null where a link cannot show the page.</summary>
    /// <param name="body">What is stored, which anybody who writes to the project may have put there.</param>
    /// <param name="project">Name of the project.</param>
    /// <param name="allTags">Whether the link shows all tags of its runs.</param>
    public static JsonElement Body(JsonElement body, string project, bool allTags)
    {
        var sections = SharedSections.InReport(allTags);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("blocks");
            if (body.TryGetProperty("blocks", out var blocks) && blocks.ValueKind == JsonValueKind.Array)
            {
                foreach (var block in blocks.EnumerateArray().Where(block => block.ValueKind == JsonValueKind.Object))
                    Write(writer, block, project, sections);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        using var shared = JsonDocument.Parse(buffer.WrittenMemory);
        return shared.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement block, string project, IReadOnlyList<string> sections)
    {
        var isPage = Text(block, "type") == "page";
        writer.WriteStartObject();
        foreach (var name in isPage ? OfPages : OfNotes)
        {
            if (Text(block, name) is { } text)
                writer.WriteString(name, text);
        }
        if (isPage)
            writer.WriteString("path", Path(Text(block, "path") ?? "", project, sections));
        writer.WriteEndObject();
    }

    // Relative to the server's base, as pages write them.
    private static string? Path(string path, string project, IReadOnlyList<string> sections)
    {
        var view = "/" + path.TrimStart('/');
        return ViewAddress.Of(view) is { } address && address.Project == project && sections.Contains(address.Section) ? view[1..] : null;
    }

    private static string? Text(JsonElement block, string name) => block.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
