using System.Text.Json;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Events that are no scalars: each becomes one record with a payload of its kind's codec.</summary>
internal sealed partial class EventsDecoder
{
    private struct Head
    {
        public string? Tag;
        public bool HasTag;
        public long Step;
        public bool HasStep;
        public double WallTime;
    }

    // The fields most kinds share; false where the field is another.
    private bool ReadHead(ref Utf8JsonReader reader, ref Head head, string tagField = "tag")
    {
        if (reader.ValueTextEquals(tagField))
        {
            head.HasTag = true;
            head.Tag = ReadName(ref reader, tagField);
        }
        else if (reader.ValueTextEquals("step"u8))
        {
            head.HasStep = true;
            head.Step = ReadInt64(ref reader, "step");
        }
        else if (reader.ValueTextEquals("wall_time"u8))
            head.WallTime = ReadWallTime(ref reader);
        else
            return false;
        return true;
    }

    private void CheckHead(in Head head, string tagField = "tag", bool stepNeeded = true)
    {
        if (!head.HasTag)
            Missing(tagField, "a name");
        if (stepNeeded && !head.HasStep)
            Missing("step", "an integer");
    }

    private void AddRecord(RecordKind kind, in Head head, Func<byte[]> encode)
    {
        // Nothing is stored once there is a fault, so nothing need be encoded either.
        if (!_errors.Any)
            _batch.Add(new RecordBlock(kind, head.Tag!, head.Step, head.WallTime, encode()));
    }

    private void ReadTextEvent(ref Utf8JsonReader reader)
    {
        var head = new Head { WallTime = _batch.Now };
        string? text = null;
        var hasText = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadHead(ref reader, ref head))
                continue;
            if (reader.ValueTextEquals("text"u8))
            {
                hasText = true;
                text = ReadText(ref reader, "text", _limits.MaxTextBytes);
            }
            else
                reader.Skip();
        }
        CheckHead(head);
        if (!hasText)
            Missing("text", "the text");
        AddRecord(RecordKind.Text, head, () => TextCodec.Encode(text!));
    }

    private void ReadPhase(ref Utf8JsonReader reader)
    {
        var head = new Head { WallTime = _batch.Now };
        double? started = null, ended = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("started"u8))
                started = ReadWallTime(ref reader, "started");
            else if (reader.ValueTextEquals("ended"u8))
                ended = ReadWallTime(ref reader, "ended");
            else if (!ReadHead(ref reader, ref head, "name"))
                reader.Skip();
        }
        CheckHead(head, "name", stepNeeded: false);
        if (started is null)
            Missing("started", "seconds since the Unix epoch");
        if (ended is null)
            Missing("ended", "seconds since the Unix epoch");
        if (ended < started)
            Fault("ended", ("ends_before_start", "The phase ends before it starts."));
        AddRecord(RecordKind.Phase, head with { WallTime = started ?? 0 }, () => PhaseCodec.Encode(started!.Value, ended!.Value));
    }

    private void ReadLabels(ref Utf8JsonReader reader)
    {
        var head = new Head { WallTime = _batch.Now };
        Dictionary<string, long>? counts = null;
        var hasCounts = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("counts"u8))
            {
                hasCounts = true;
                counts = ReadLabelCounts(ref reader);
            }
            else if (!ReadHead(ref reader, ref head, "split"))
                reader.Skip();
        }
        CheckHead(head, "split", stepNeeded: false);
        if (!hasCounts)
            Missing("counts", "an object of class names and counts");
        AddRecord(RecordKind.Labels, head, () => LabelsCodec.Encode(counts!));
    }

    private Dictionary<string, long>? ReadLabelCounts(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Fault("counts", ("wrong_type", "Expected an object of class names and counts."));
            reader.Skip();
            return null;
        }
        var counts = new Dictionary<string, long>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader, Pointer("counts")) ?? "";
            var field = $"counts/{BodyErrors.Escape(name)}";
            if (NameRule.Check(name, _limits.MaxNameBytes, "The class name") is { } fault)
                Fault("counts", fault);
            var count = ReadInt64(ref reader, field);
            if (count < 0)
                Fault(field, ("out_of_range", "A count must not be negative."));
            counts[name] = count;
            if (counts.Count > _limits.MaxLabelClasses)
                throw ApiProblems.Refused([new(Pointer("counts"), "too_many_classes", $"counts may hold {_limits.MaxLabelClasses} classes at the most.")]);
        }
        return counts;
    }
}
