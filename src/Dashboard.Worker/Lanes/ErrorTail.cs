using System.Text;

namespace Dashboard.Worker;

/// <summary>The last lines that an engine printed: whatever it prints, no more is kept.</summary>
internal sealed class ErrorTail
{
    private const int MostLines = 30;
    private const int LongestLine = 300;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = [];

    /// <summary>Reads to the end.</summary>
    public async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[4096];
        var line = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        var characters = new char[4096];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                var count = decoder.GetChars(buffer, 0, read, characters, 0, flush: false);
                foreach (var character in characters.AsSpan(0, count))
                {
                    if (character == '\n') Keep(line);
                    else if (line.Length < LongestLine) line.Append(char.IsControl(character) ? ' ' : character);
                }
            }
        }
        catch (IOException)
        {
            // The pipe went with its process.
        }
        Keep(line);
    }

    /// <summary>What there is, oldest first.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (_gate) return [.. _lines];
    }

    private void Keep(StringBuilder line)
    {
        if (line.Length == 0) return;
        lock (_gate)
        {
            _lines.Enqueue(line.ToString().TrimEnd());
            if (_lines.Count > MostLines) _lines.Dequeue();
        }
        line.Clear();
    }
}
