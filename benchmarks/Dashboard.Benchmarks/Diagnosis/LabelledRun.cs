using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dashboard.Analysis;

namespace Dashboard.Benchmarks;

/// <summary>A run that was trained into a known state by the recipes of benchmarks/diagnosis.</summary>
/// <param name="Name">The recipe.</param>
/// <param name="State">What it was trained into: a code, or <c>healthy</c>.</param>
/// <param name="Curves">What it logged.</param>
/// <param name="Labels">Label counts by split.</param>
/// <param name="Onset">Step at which a divergence began, by the loss over all training samples.</param>
internal sealed record LabelledRun(string Name, string State, IReadOnlyList<SignalCurve> Curves, IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Labels, long? Onset)
{
    /// <summary>Whether the run is of the half that no rule was tuned on: a bit of its name's hash, so that nobody chose.</summary>
    public bool IsHeldOut { get; } = (SHA256.HashData(Encoding.UTF8.GetBytes(Name))[0] & 1) == 1;

    /// <summary>Reads the file that make_curves.py writes.</summary>
    public static List<LabelledRun> Load(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(file);
        return [.. document.RootElement.GetProperty("runs").EnumerateArray().Select(Of)];
    }

    /// <summary>The signals of the run as they were at a step, or at its end.</summary>
    public RunSignals Signals(long? until = null) => new()
    {
        Curves = [.. Curves.Select(curve => CurveFeatures.Of(until is { } step ? Cut(curve, step) : curve))],
        Labels = Labels,
        Ended = until is null,
    };

    private static SignalCurve Cut(SignalCurve curve, long until)
    {
        var count = curve.Steps.Count(step => step <= until);
        return new SignalCurve(curve.Tag, curve.Steps[..count], curve.Values[..count]);
    }

    private static LabelledRun Of(JsonElement run)
    {
        var labels = new Dictionary<string, IReadOnlyDictionary<string, long>>();
        if (run.TryGetProperty("labels", out var splits))
        {
            foreach (var split in splits.EnumerateObject())
                labels[split.Name] = split.Value.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetInt64());
        }
        long? onset = run.TryGetProperty("onset", out var step) ? step.GetInt64() : null;
        return new LabelledRun(run.GetProperty("name").GetString()!, run.GetProperty("state").GetString()!, [.. run.GetProperty("curves").EnumerateArray().Select(Curve)], labels, onset);
    }

    private static SignalCurve Curve(JsonElement curve)
    {
        var values = curve.GetProperty("values").EnumerateArray().Select(Value).ToArray();
        var (first, every) = (curve.GetProperty("first").GetInt64(), curve.GetProperty("every").GetInt64());
        return new SignalCurve(curve.GetProperty("tag").GetString()!, [.. Enumerable.Range(0, values.Length).Select(at => first + (at * every))], values);
    }

    private static double Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();
}
