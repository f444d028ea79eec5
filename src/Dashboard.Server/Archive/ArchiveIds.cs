using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dashboard.Server;

/// <summary>
/// Ids within texts (addresses of views, specs of jobs), which name places: <c>~run.3~</c> stands for the id of the third run, <c>~project~</c> for the name of the project within
/// an address. A tilde of the text itself is written twice, so that every text comes back as it was.
/// </summary>
internal sealed partial class ArchiveIds
{
    private const int RunLength = 16;
    private const int LongLength = 32;
    private const string ProjectPlace = "project";

    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private string? _project;

    /// <summary>Names the project, as addresses do: <c>?project=NAME</c>.</summary>
    public void AddProject(string name)
    {
        _project = name;
        _ids[ProjectPlace] = Uri.EscapeDataString(name);
    }

    /// <summary>Names the ids of a kind, in the order of the archive.</summary>
    public void Add(string kind, IEnumerable<string> ids)
    {
        var number = 0;
        foreach (var id in ids)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{kind}.{++number}");
            _places[id] = place;
            _ids[place] = id;
        }
    }

    /// <summary>A text with places instead of ids.</summary>
    public string Outward(string text)
    {
        text = text.Replace("~", "~~", StringComparison.Ordinal);
        if (_project is not null)
            text = InAddress().Replace(text, match => IsProject(match.Value) ? $"~{ProjectPlace}~" : match.Value);
        var lookup = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        StringBuilder? changed = null;
        var copied = 0;
        for (var at = 0; at + RunLength <= text.Length; at++)
        {
            var length = HexLength(text.AsSpan(at));
            if (length < RunLength)
            {
                at += length;
                continue;
            }
            // The longer first: half of it may look like a run's.
            if (!(length >= LongLength && lookup.TryGetValue(text.AsSpan(at, LongLength), out var place)) && !lookup.TryGetValue(text.AsSpan(at, RunLength), out place))
                continue;
            (changed ??= new StringBuilder()).Append(text, copied, at - copied).Append('~').Append(place).Append('~');
            copied = at + (_ids[place].Length);
            at = copied - 1;
        }
        return changed is null ? text : changed.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>A text with ids instead of places. A place that there is none of stays as it is.</summary>
    public string Inward(string text) => Place().Replace(text, match =>
    {
        return match.Length == 2 ? "~" : _ids.TryGetValue(match.Value[1..^1], out var id) ? id : match.Value;
    });

    // As a form or as a part of an address writes it.
    private bool IsProject(string value)
    {
        try
        {
            return Uri.UnescapeDataString(value.Replace('+', ' ').Replace("~~", "~", StringComparison.Ordinal)) == _project;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static int HexLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < LongLength && char.IsAsciiHexDigitLower(text[length]))
            length++;
        return length;
    }

    [GeneratedRegex(@"~~|~(?:project|(?:run|artifact|view|job)\.[1-9][0-9]{0,8})~", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<=[?&]project=)[^&#""\\\s]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex InAddress();
}
