using System.Globalization;
using System.Net;
using System.Text;
using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Web;

namespace Dashboard.Server;

/// <summary>Draws the curves of a finding with its evidence as SVG, to stand within a page: no script, no style but attributes, all text escaped.</summary>
internal sealed class EvidenceDrawing
{
    private const double Width = 720;
    private const double Height = 240;
    private const double Left = 64;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 28;
    // About so many intervals along an axis.
    private const double Intervals = 5;
    // Values whose largest is so many times the smallest are seen on a logarithmic axis alone.
    private const double Decades = 50;
    private static readonly string[] Colors = ["#3454d1", "#d07b00", "#177f74", "#7b50c9"];

    private readonly StringBuilder _svg = new();
    private readonly IReadOnlyList<ScalarWindow> _curves;
    private readonly IReadOnlyList<MarkView> _marks;
    private readonly PageTexts _texts;
    private readonly bool _log;
    private readonly (double Min, double Max) _x;
    private readonly (double Min, double Max) _y;

    private EvidenceDrawing(IReadOnlyList<ScalarWindow> curves, IReadOnlyList<MarkView> marks, PageTexts texts)
    {
        (_curves, _marks, _texts) = (curves, marks, texts);
        var steps = curves.SelectMany(curve => curve.Steps).Select(step => (double)step).ToList();
        _x = steps.Max() > steps.Min() ? (steps.Min(), steps.Max()) : Widened(steps.Min(), steps.Max());
        var values = curves.SelectMany(curve => curve.Min.Concat(curve.Max)).Where(double.IsFinite).Concat(Levels(marks)).Where(double.IsFinite).ToList();
        _log = values.Count > 0 && values.Min() > 0 && values.Max() > Decades * values.Min();
        _y = values.Count == 0 ? (0, 1) : Widened(Scaled(values.Min()), Scaled(values.Max()));
    }

    /// <summary>The drawing; empty where no curve has a point.</summary>
    public static string Of(FindingView finding, IReadOnlyList<ScalarWindow> curves, PageTexts texts)
    {
        var drawn = curves.Where(curve => curve.Steps.Length > 0).Take(Colors.Length).ToList();
        return drawn.Count == 0 ? "" : new EvidenceDrawing(drawn, finding.Evidence.Marks, texts).Draw(finding.Sentence);
    }

    private string Draw(string description)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Two(Width)} {Two(Height + (18 * _curves.Count))}\" role=\"img\" aria-label=\"{Escape(description)}\" font-family=\"sans-serif\" font-size=\"11\">");
        foreach (var mark in _marks.Where(mark => mark is { Kind: "range", FromStep: not null, ToStep: not null }))
            Range(mark);
        Axes();
        for (var at = 0; at < _curves.Count; at++)
            Curve(_curves[at], Colors[at], at);
        foreach (var mark in _marks)
            Mark(mark);
        _svg.Append("</svg>");
        return _svg.ToString();
    }

    private void Axes()
    {
        foreach (var tick in _log ? LogTicks(_y.Min, _y.Max) : Ticks(_y.Min, _y.Max))
        {
            Line(Left, Y(tick), Width - Right, Y(tick), "#d9dde3", 1, null);
            Text(Left - 6, Y(tick) + 4, "end", "#59616e", PageFormat.Number(tick));
        }
        Line(Left, Height - Bottom, Width - Right, Height - Bottom, "#868f9d", 1, null);
        foreach (var step in Ticks(_x.Min, _x.Max))
            Text(X(step), Height - Bottom + 16, "middle", "#59616e", step.ToString("#,0.##", CultureInfo.InvariantCulture));
    }

    private void Curve(ScalarWindow curve, string color, int row)
    {
        var path = new StringBuilder();
        var broken = true;
        for (var at = 0; at < curve.Steps.Length; at++)
        {
            var value = curve.Values[at];
            if (!double.IsFinite(value) || (_log && value <= 0))
            {
                broken = true;
                Text(X(curve.Steps[at]), Height - Bottom - 3, "middle", color, "×");
                continue;
            }
            // A restarted job goes back in steps: a line never does.
            broken |= at > 0 && curve.Steps[at] < curve.Steps[at - 1];
            path.Append(broken ? 'M' : 'L').Append(Two(X(curve.Steps[at]))).Append(' ').Append(Two(Y(value)));
            broken = false;
        }
        Add($"<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"1.6\" stroke-linejoin=\"round\"/>");
        var y = Height + 12 + (18 * row);
        Line(Left, y - 4, Left + 20, y - 4, color, 2.5, null);
        Text(Left + 26, y, "start", "#15181d", curve.Tag.Length <= 100 ? curve.Tag : curve.Tag[..99] + "…");
    }

    private void Range(MarkView mark)
    {
        var (from, to) = (X(Math.Max(mark.FromStep!.Value, _x.Min)), X(Math.Min(mark.ToStep!.Value, _x.Max)));
        if (to < from)
            return;
        Add($"<rect x=\"{Two(from)}\" y=\"{Two(Top)}\" width=\"{Two(Math.Max(to - from, 2))}\" height=\"{Two(Height - Top - Bottom)}\" fill=\"#b42318\" fill-opacity=\"0.09\"/>");
        Name(from + 4, Top + 11, mark);
    }

    private void Mark(MarkView mark)
    {
        switch (mark.Kind)
        {
            case "level" when mark.FromValue is { } value && Shows(value):
                Line(X(mark.FromStep ?? _x.Min), Y(value), X(mark.ToStep ?? _x.Max), Y(value), "#8a5a00", 1.2, "5 4");
                Name(X(mark.FromStep ?? _x.Min) + 4, Y(value) - 4, mark);
                break;
            case "line" when mark is { FromStep: { } a, ToStep: { } b, FromValue: { } from, ToValue: { } to } && Shows(from) && Shows(to):
                Line(X(a), Y(from), X(b), Y(to), "#b42318", 1.6, "6 3");
                break;
            case "point" when mark is { FromStep: { } step, FromValue: { } at } && Shows(at):
                Add($"<circle cx=\"{Two(X(step))}\" cy=\"{Two(Y(at))}\" r=\"4.5\" fill=\"none\" stroke=\"#b42318\" stroke-width=\"1.8\"/>");
                Name(X(step) + 8, Y(at) - 6, mark);
                break;
        }
    }

    private void Name(double x, double y, MarkView mark) => Text(x, Math.Max(y, Top + 9), "start", "#454d5a", FindingWords.Mark(mark.Label, _texts));

    private bool Shows(double value) => double.IsFinite(value) && (!_log || value > 0);

    private double X(double step) => Left + ((Width - Left - Right) * (step - _x.Min) / (_x.Max - _x.Min));

    private double Y(double value) => Math.Clamp(Height - Bottom - ((Height - Top - Bottom) * (Scaled(value) - _y.Min) / (_y.Max - _y.Min)), 0, Height);

    private double Scaled(double value) => _log ? Math.Log10(value) : value;

    private void Line(double x1, double y1, double x2, double y2, string color, double width, string? dash) =>
        Add($"<path d=\"M{Two(x1)} {Two(y1)}L{Two(x2)} {Two(y2)}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{Two(width)}\"{(dash is null ? "" : $" stroke-dasharray=\"{dash}\"")}/>");

    private void Text(double x, double y, string anchor, string color, string text) =>
        Add($"<text x=\"{Two(x)}\" y=\"{Two(y)}\" text-anchor=\"{anchor}\" fill=\"{color}\">{Escape(text)}</text>");

    private void Add(string markup) => _svg.Append(markup);

    private static IEnumerable<double> Levels(IReadOnlyList<MarkView> marks) => marks.SelectMany(mark => new[] { mark.FromValue, mark.ToValue }).OfType<double>();

    // 1, 2 or 5 times a power of ten apart.
    private static IEnumerable<double> Ticks(double min, double max)
    {
        var rough = (max - min) / Intervals;
        if (!(rough > 0 && double.IsFinite(rough)))
            yield break;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var apart = new[] { 1.0, 2, 5, 10 }.First(times => times * power >= rough) * power;
        var first = Math.Ceiling(min / apart);
        // Counted, because so far out that one more makes no difference the ticks would not end.
        for (var at = 0; at <= 2 * Intervals && (first + at) * apart <= max; at++)
            yield return (first + at) * apart;
    }

    // Powers of ten, and where there are few of them 2 and 5 times those as well.
    private static IEnumerable<double> LogTicks(double min, double max)
    {
        var apart = Math.Max(1, (int)Math.Ceiling((max - min) / Intervals));
        double[] times = max - min < 2.5 ? [1, 2, 5] : [1];
        for (var power = Math.Floor(min / apart) * apart; power <= max; power += apart)
        {
            foreach (var tick in times.Select(factor => factor * Math.Pow(10, power)).Where(tick => Math.Log10(tick) >= min && Math.Log10(tick) <= max))
                yield return tick;
        }
    }

    private static (double, double) Widened(double min, double max)
    {
        // In halves, for the width of the widest range there is has no double.
        var room = ((max / 2) - (min / 2)) * 0.08;
        return room > 0 ? (min - room, max + room) : (min - Math.Max(Math.Abs(min) * 0.1, 1e-9), max + Math.Max(Math.Abs(max) * 0.1, 1e-9));
    }

    private static string Two(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));
}
