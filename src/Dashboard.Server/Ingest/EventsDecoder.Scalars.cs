using System.Buffers;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>The two forms of scalars, which are nearly all that is ever sent: nothing here allocates for a point.</summary>
internal sealed partial class EventsDecoder
{
    private readonly List<long> _steps = [];
    private readonly List<double> _values = [];
    private readonly List<double> _wallTimes = [];

    private void ReadScalar(ref Utf8JsonReader reader)
    {
        SeriesBuilder? series = null;
        long step = 0;
        double value = 0, wallTime = _batch.Now;
        bool hasTag = false, hasStep = false, hasValue = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("step"u8))
            {
                hasStep = true;
                step = ReadInt64(ref reader, "step");
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                hasValue = true;
                value = ReadDouble(ref reader, "value");
            }
            else if (reader.ValueTextEquals("tag"u8))
            {
                hasTag = true;
                series = ReadSeries(ref reader);
            }
            else if (reader.ValueTextEquals("wall_time"u8))
                wallTime = ReadWallTime(ref reader);
            else
                reader.Skip();
        }
        if (!hasTag)
            Missing("tag", "the name of the series");
        if (!hasStep)
            Missing("step", "an integer");
        if (!hasValue)
            Missing("value", "a number");
        if (series is null || !hasStep || !hasValue)
            return;
        _batch.Count(1, _index);
        series.Add(step, wallTime, value);
    }

    private void ReadScalars(ref Utf8JsonReader reader)
    {
        SeriesBuilder? series = null;
        var wallTime = _batch.Now;
        bool hasTag = false, hasSteps = false, hasValues = false, hasWallTimes = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("steps"u8))
            {
                hasSteps = true;
                ReadInt64s(ref reader, "steps", _steps);
            }
            else if (reader.ValueTextEquals("values"u8))
            {
                hasValues = true;
                ReadDoubles(ref reader, "values", _values);
            }
            else if (reader.ValueTextEquals("wall_times"u8))
                hasWallTimes = ReadWallTimes(ref reader);
            else if (reader.ValueTextEquals("tag"u8))
            {
                hasTag = true;
                series = ReadSeries(ref reader);
            }
            else if (reader.ValueTextEquals("wall_time"u8))
                wallTime = ReadWallTime(ref reader);
            else
                reader.Skip();
        }
        if (!hasTag)
            Missing("tag", "the name of the series");
        if (!hasSteps)
            Missing("steps", "an array of integers");
        if (!hasValues)
            Missing("values", "an array of numbers");
        if (!hasSteps || !hasValues)
            return;
        var matching = SameLength("values", _values.Count, _steps.Count) & (!hasWallTimes || SameLength("wall_times", _wallTimes.Count, _steps.Count));
        if (series is null || !matching)
            return;
        _batch.Count(_steps.Count, _index);
        series.Add(
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_steps),
            hasWallTimes ? System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_wallTimes) : default,
            wallTime,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values));
    }

    private bool SameLength(string field, int count, int steps)
    {
        if (count == steps)
            return true;
        _errors.Add(Pointer(field), "length_mismatch", $"{field} has {count} entries and steps has {steps}; they must be as many.");
        return false;
    }

    private SeriesBuilder? ReadSeries(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            Fault("tag", ("wrong_type", "Expected a text."));
            reader.Skip();
            return null;
        }
        var raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
            return _batch.Series(raw, _index);
        var unescaped = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            return _batch.Series(unescaped.AsSpan(0, reader.CopyString(unescaped)), _index);
        }
        catch (InvalidOperationException)
        {
            Fault("tag", ("lone_surrogate", "The text holds an escape for half of a surrogate pair, which is no text."));
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    private bool ReadWallTimes(ref Utf8JsonReader reader)
    {
        ReadDoubles(ref reader, "wall_times", _wallTimes);
        for (var at = 0; at < _wallTimes.Count; at++)
        {
            if (!double.IsFinite(_wallTimes[at]))
                Fault($"wall_times/{at}", ("out_of_range", "A wall time must be finite: seconds since the Unix epoch."));
        }
        return true;
    }
}
