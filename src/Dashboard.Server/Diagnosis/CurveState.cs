using Dashboard.Analysis;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>One scalar series as a diagnosis keeps it between readings: buckets of its past, every point of late, and what was made of them.</summary>
internal sealed class CurveState
{
    /// <summary>Buckets of the older part: what a curve's shape needs, and few enough that a thousand curves are read in half a second.</summary>
    public const int Buckets = 384;

    /// <summary>Newest points that are read as they are.</summary>
    public const int Newest = 256;

    // Points that gather behind the buckets before the series is read anew: so that is seldom, and what is kept stays small.
    private const int MostExact = 1024;

    private readonly List<long> _steps = [];
    private readonly List<double> _values = [];
    private readonly List<double> _min = [];
    private readonly List<double> _max = [];
    private readonly List<int> _nonFinite = [];
    private int _exactFrom;
    private CurveFeatures? _features;

    public CurveState(string tag) => Tag = tag;

    public string Tag { get; }

    /// <summary>Points of the series that are known.</summary>
    public long Total { get; private set; }

    /// <summary>Last step that is known.</summary>
    public long LastStep => _steps.Count == 0 ? 0 : _steps[^1];

    /// <summary>Last value that is known.</summary>
    public double LastValue => _values.Count == 0 ? double.NaN : _values[^1];

    /// <summary>Rough bytes of memory.</summary>
    public long Bytes => 400 + (_steps.Count * 72L);

    /// <summary>What to ask the store for where the series now has <paramref name="count"/> points: only what came, from the last known point on, which may have been replaced; else all.</summary>
    public SeriesRequest Next(long count) =>
        Total > 0 && count >= Total && _steps.Count - _exactFrom + (count - Total) <= MostExact ? new SeriesRequest(Tag, Total - 1) : new SeriesRequest(Tag, null);

    /// <summary>Takes what the store answered.</summary>
    public void Take(SeriesRequest asked, ScalarWindow window)
    {
        _features = null;
        if (asked.FromIndex is not { } from)
        {
            Clear();
            _exactFrom = Math.Max(0, window.Steps.Length - Newest);
        }
        else if (window.Steps.Length == window.Total - from && from == Total - 1)
        {
            RemoveLast();
        }
        else
        {
            // Something in between is damaged or gone: the next reading takes all of it anew.
            Clear();
            return;
        }
        _steps.AddRange(window.Steps);
        _values.AddRange(window.Values);
        _min.AddRange(window.Min);
        _max.AddRange(window.Max);
        _nonFinite.AddRange(window.NonFinite);
        Total = window.Total;
    }

    /// <summary>What the rules need to know of it; computed once a change.</summary>
    public CurveFeatures Features() => _features ??= CurveFeatures.Of(Curve());

    /// <summary>The points as they are kept.</summary>
    public SignalCurve Curve() => new(Tag, [.. _steps], [.. _values]) { Min = [.. _min], Max = [.. _max], NonFinite = [.. _nonFinite] };

    private void Clear()
    {
        Total = 0;
        _exactFrom = 0;
        _steps.Clear();
        _values.Clear();
        _min.Clear();
        _max.Clear();
        _nonFinite.Clear();
    }

    private void RemoveLast()
    {
        var last = _steps.Count - 1;
        _steps.RemoveAt(last);
        _values.RemoveAt(last);
        _min.RemoveAt(last);
        _max.RemoveAt(last);
        _nonFinite.RemoveAt(last);
    }
}
