using System.Buffers.Text;
using System.IO.Pipelines;

namespace Dashboard.Server;

/// <summary>Writes one scalar series as CSV: a header, then a line a point.</summary>
internal static class ScalarCsv
{
    // Five doubles, a step and a count never take more.
    private const int LineBytes = 256;
    private const int FlushLines = 256;

    public static async Task WriteAsync(PipeWriter body, ScalarSeries series, CancellationToken cancellation)
    {
        var window = series.Window;
        var hasNonFinite = series.HasNonFinite;
        var header = hasNonFinite ? "step,wall_time,value,min,max,non_finite\r\n"u8 : "step,wall_time,value,min,max\r\n"u8;
        header.CopyTo(body.GetSpan(header.Length));
        body.Advance(header.Length);
        for (var at = 0; at < window.Steps.Length; at++)
        {
            WriteLine(body, window, at, hasNonFinite);
            if (at % FlushLines == FlushLines - 1)
                await body.FlushAsync(cancellation);
        }
        await body.FlushAsync(cancellation);
    }

    private static void WriteLine(PipeWriter body, Storage.ScalarWindow window, int at, bool hasNonFinite)
    {
        var line = body.GetSpan(LineBytes);
        Utf8Formatter.TryFormat(window.Steps[at], line, out var used);
        used = Append(line, used, window.WallTimes[at]);
        used = Append(line, used, window.Values[at]);
        used = Append(line, used, window.Min[at]);
        used = Append(line, used, window.Max[at]);
        if (hasNonFinite)
        {
            line[used++] = (byte)',';
            Utf8Formatter.TryFormat(window.NonFinite[at], line[used..], out var written);
            used += written;
        }
        line[used++] = (byte)'\r';
        line[used++] = (byte)'\n';
        body.Advance(used);
    }

    private static int Append(Span<byte> line, int used, double value)
    {
        line[used++] = (byte)',';
        Utf8Formatter.TryFormat(value, line[used..], out var written);
        return used + written;
    }
}
