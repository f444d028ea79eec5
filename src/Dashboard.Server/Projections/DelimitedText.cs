using System.Text;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>
/// Fields of lines of text, of no more lines and fields than there may be: a file of nothing but line feeds would otherwise become more objects than there is memory. What is refused is not read to its end.
/// </summary>
internal sealed class DelimitedText
{
    // A text of a megabyte is no label.
    private const int LongestField = 1 << 20;

    private readonly char _separator;
    private readonly bool _quotes;
    private readonly int _mostLines;
    private readonly int _mostFields;
    private readonly List<string[]> _lines = [];
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    // Lines that hold nothing, which count only where another follows.
    private int _empty;

    private DelimitedText(char separator, bool quotes, int mostLines, int mostFields) => (_separator, _quotes, _mostLines, _mostFields) = (separator, quotes, mostLines, mostFields);

    /// <summary>Reads lines; empty ones at the end do not count.</summary>
    /// <param name="source">The text.</param>
    /// <param name="separator">Between fields.</param>
    /// <param name="quotes">True where a field may stand in double quotes (RFC 4180), with separators, line feeds and doubled quotes within them.</param>
    /// <param name="mostLines">Lines that there may be.</param>
    /// <param name="mostFields">Fields that a line may have.</param>
    /// <exception cref="TensorFileException">There is more of something than may be.</exception>
    public static List<string[]> Read(TextReader source, char separator, bool quotes, int mostLines, int mostFields)
    {
        var text = new DelimitedText(separator, quotes, mostLines, mostFields);
        text.Read(source);
        return text._lines;
    }

    private void Read(TextReader source)
    {
        var quoted = false;
        for (int next; (next = source.Read()) >= 0;)
        {
            var c = (char)next;
            if (quoted)
            {
                if (c != '"')
                {
                    Append(c);
                }
                else if (source.Peek() == '"')
                {
                    source.Read();
                    Append('"');
                }
                else
                {
                    quoted = false;
                }
            }
            else if (_quotes && c == '"' && _field.Length == 0) quoted = true;
            else if (c == _separator) EndField();
            else if (c == '\n') EndLine();
            else if (!_quotes || c != '\r') Append(c);
        }
        if (_field.Length > 0 || _fields.Count > 0) EndLine();
    }

    private void Append(char c)
    {
        if (_field.Length == LongestField) throw new TensorFileException($"line {_lines.Count + _empty + 1} has a field of more than {LongestField} characters");
        _field.Append(c);
    }

    private void EndField()
    {
        if (_fields.Count == _mostFields) throw TooMany("fields in a line", _mostFields);
        _fields.Add(_field.ToString());
        _field.Clear();
    }

    private void EndLine()
    {
        // Without quotes a carriage return is the line's only where it ends it.
        if (!_quotes && _field.Length > 0 && _field[^1] == '\r') _field.Length--;
        EndField();
        if (_fields is [""])
        {
            _empty++;
        }
        else
        {
            if (_lines.Count + _empty >= _mostLines) throw TooMany("lines", _mostLines);
            for (; _empty > 0; _empty--) _lines.Add([""]);
            _lines.Add([.. _fields]);
        }
        _fields.Clear();
    }

    private static TensorFileException TooMany(string what, int most) => new($"it has more than {most} {what}");
}
