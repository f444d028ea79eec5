using System.Globalization;
using System.Text;

namespace Dashboard.Tensors;

/// <summary>Reads <c>projector_config.pbtxt</c>, protocol buffers' text form of TensorBoard's projector plugin, as far as it concerns vectors; fields that are not known are passed over.</summary>
public static class ProjectorConfig
{
    private const int MostEntries = 1000;
    private const int MostDepth = 16;

    // An embedding has some thirty.
    private const int MostTokens = 100 * MostEntries;

    /// <summary>Reads the embeddings that a file names.</summary>
    /// <exception cref="TensorFileException">The text is not of this form.</exception>
    public static IReadOnlyList<ProjectorEntry> Parse(string text)
    {
        var tokens = Tokens(text);
        var at = 0;
        var entries = new List<ProjectorEntry>();
        foreach (var (name, _, fields) in Message(tokens, ref at, 0))
        {
            if (name != "embeddings" || fields is null) continue;
            if (entries.Count == MostEntries) throw Bad($"it names more than {MostEntries} embeddings");
            entries.Add(Entry(fields, entries.Count));
        }
        return entries;
    }

    private static ProjectorEntry Entry(List<Field> fields, int index)
    {
        var sprite = fields.Find(field => field is { Name: "sprite", Fields: not null })?.Fields ?? [];
        return new ProjectorEntry
        {
            Name = Text(fields, "tensor_name") ?? $"embedding {index + 1}",
            Shape = Numbers(fields, "tensor_shape"),
            TensorPath = Text(fields, "tensor_path"),
            MetadataPath = Text(fields, "metadata_path"),
            SpritePath = Text(sprite, "image_path"),
            ThumbnailSize = Numbers(sprite, "single_image_dim"),
        };
    }

    private static string? Text(List<Field> fields, string name) => fields.Find(field => field.Name == name)?.Value is { Length: > 0 } text ? text : null;

    private static List<long> Numbers(List<Field> fields, string name) =>
        [.. fields.Where(field => field.Name == name).SelectMany(field => (field.Value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Bad($"{name} is '{text}', which is no size"))];

    private static List<Field> Message(List<string> tokens, ref int at, int depth)
    {
        if (depth > MostDepth) throw Bad("it is nested too deeply");
        var fields = new List<Field>();
        while (at < tokens.Count && tokens[at] is not ("}" or ">"))
        {
            var name = tokens[at++];
            if (at < tokens.Count && tokens[at] == ":") at++;
            if (at == tokens.Count) throw Bad($"it ends after '{name}'");
            if (tokens[at] is "{" or "<")
            {
                at++;
                fields.Add(new Field(name, null, Message(tokens, ref at, depth + 1)));
                if (at++ == tokens.Count) throw Bad($"'{name}' is not closed");
            }
            else if (tokens[at] == "[")
            {
                var list = new StringBuilder();
                for (at++; at < tokens.Count && tokens[at] != "]"; at++) list.Append(tokens[at] == "," ? "," : Unquoted(tokens[at]));
                if (at++ == tokens.Count) throw Bad($"the list of '{name}' is not closed");
                fields.Add(new Field(name, list.ToString(), null));
            }
            else
            {
                fields.Add(new Field(name, Unquoted(tokens[at++]), null));
            }
            if (at < tokens.Count && tokens[at] is ";" or ",") at++;
        }
        if (depth == 0 && at < tokens.Count) throw Bad("it closes what was never opened");
        return fields;
    }

    private static string Unquoted(string token) => token[0] is '"' or '\'' ? token[1..] : token;

    /// <summary>Names, numbers and signs; a quoted text keeps its first quote, to be told from a name.</summary>
    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (tokens.Count > MostTokens) throw Bad($"it has more than {MostTokens} words");
            var c = text[i];
            if (char.IsWhiteSpace(c)) i++;
            else if (c == '#') i = text.IndexOf('\n', i) is >= 0 and var end ? end : text.Length;
            else if (c is '"' or '\'') tokens.Add(Quoted(text, ref i));
            else if ("{}<>[]:,;".Contains(c, StringComparison.Ordinal))
            {
                tokens.Add(c.ToString());
                i++;
            }
            else
            {
                var start = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && !"{}<>[]:,;#\"'".Contains(text[i], StringComparison.Ordinal)) i++;
                tokens.Add(text[start..i]);
            }
        }
        return tokens;
    }

    private static string Quoted(string text, ref int i)
    {
        var quote = text[i++];
        var value = new StringBuilder().Append('"');
        while (i < text.Length && text[i] != quote)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            value.Append(text[i++]);
        }
        return i++ < text.Length ? value.ToString() : throw Bad("a text in quotes is not closed");
    }

    private static TensorFileException Bad(string what) => new($"The file is no projector configuration: {what}.");

    private sealed record Field(string Name, string? Value, List<Field>? Fields);
}
