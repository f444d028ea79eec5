using System.Text.Json;
using System.Text.Unicode;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Decodes the JSON form of <c>POST /api/v1/events</c> straight into columns. One use a request.</summary>
internal sealed partial class EventsDecoder
{
    private readonly ApiLimits _limits;
    private readonly BodyErrors _errors;
    private readonly BatchBuilder _batch;
    private int _index = -1;
    private bool _inEvents;

    private EventsDecoder(ApiLimits limits, double now)
    {
        _limits = limits;
        _errors = new BodyErrors(limits.MaxErrors);
        _batch = new BatchBuilder(limits, _errors, "events", now);
    }

    /// <summary>Decodes and validates a body.</summary>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="limits">What a request may hold.</param>
    /// <param name="now">Wall time of events that bring none, seconds since the Unix epoch.</param>
    /// <exception cref="ApiProblemException">400 where it is no JSON, 422 where what it says is refused.</exception>
    public static IngestBatch Decode(ReadOnlySpan<byte> body, ApiLimits limits, double now)
    {
        if (!Utf8.IsValid(body))
            throw ApiProblems.Malformed("invalid_utf8", "The body is not valid UTF-8.", "");
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];
        var decoder = new EventsDecoder(limits, now);
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            decoder.ReadBody(ref reader);
        }
        catch (JsonException broken)
        {
            var place = $"line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}";
            throw ApiProblems.Malformed("malformed_json", $"The body is not valid JSON, or ends early: {place}.", decoder.Place());
        }
        catch (InvalidOperationException)
        {
            // From a name or a word of the format; texts have said so with their own pointer.
            throw ApiProblems.Refused([new ProblemError(decoder.Place(), "lone_surrogate", JsonTexts.Fault)]);
        }
        return decoder._batch.Build();
    }

    private void ReadBody(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw ApiProblems.Refused([new ProblemError("", "wrong_type", "The body must be an object with project, run and events.")]);
        var hasEvents = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("project"u8))
                _batch.Project = ReadTopName(ref reader, "/project") ?? _batch.Project;
            else if (reader.ValueTextEquals("run"u8))
                _batch.Run = ReadTopName(ref reader, "/run") ?? _batch.Run;
            else if (reader.ValueTextEquals("events"u8))
            {
                hasEvents = true;
                ReadEvents(ref reader);
            }
            else
                reader.Skip();
        }
        // Reads on to the end: anything but white space after the object is no JSON.
        reader.Read();
        if (!hasEvents)
            _errors.Add("/events", "missing", "The field 'events' is required: an array of events.");
    }

    private string? ReadTopName(ref Utf8JsonReader reader, string pointer)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return Text(ref reader, pointer);
        _errors.Add(pointer, "wrong_type", "Expected a text.");
        reader.Skip();
        // Not null, so that the field does not count as missing too.
        return "-";
    }

    private void ReadEvents(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _errors.Add("/events", "wrong_type", "Expected an array of events.");
            reader.Skip();
            return;
        }
        _inEvents = true;
        for (_index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; _index++)
        {
            if (_index >= _limits.MaxEvents)
                throw ApiProblems.Refused([new ProblemError($"/events/{_index}", "too_many_events", $"A request may hold {_limits.MaxEvents} events at the most. Split it.")]);
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadEvent(ref reader);
            else
            {
                _errors.Add($"/events/{_index}", "wrong_type", "Expected an event, which is an object.");
                reader.Skip();
            }
        }
        _inEvents = false;
    }

    private void ReadEvent(ref Utf8JsonReader reader)
    {
        var start = reader;
        reader.Read();
        if (!IsType(ref reader))
        {
            // Events that do not begin with their type are searched for it first, so that each kind is read in one way.
            reader = start;
            var search = start;
            var found = false;
            while (search.Read() && search.TokenType == JsonTokenType.PropertyName && !(found = IsType(ref search)))
                search.Skip();
            if (!found)
            {
                _errors.Add(Pointer("type"), "missing", "The field 'type' is required: one of " + Types + ".");
                SkipFields(ref reader);
                return;
            }
            search.Read();
            Dispatch(ref search, ref reader);
            return;
        }
        reader.Read();
        var type = reader;
        if (type.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        Dispatch(ref type, ref reader);
    }

    private const string Types = "scalar, scalars, histogram, embedding, text, predictions, labels, phase";

    private static bool IsType(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("type"u8);

    private void Dispatch(ref Utf8JsonReader type, ref Utf8JsonReader reader)
    {
        if (type.TokenType != JsonTokenType.String)
        {
            _errors.Add(Pointer("type"), "wrong_type", "Expected a text: one of " + Types + ".");
            SkipFields(ref reader);
        }
        else if (type.ValueTextEquals("scalar"u8))
            ReadScalar(ref reader);
        else if (type.ValueTextEquals("scalars"u8))
            ReadScalars(ref reader);
        else if (type.ValueTextEquals("histogram"u8))
            ReadHistogram(ref reader);
        else if (type.ValueTextEquals("embedding"u8))
            ReadEmbedding(ref reader);
        else if (type.ValueTextEquals("text"u8))
            ReadTextEvent(ref reader);
        else if (type.ValueTextEquals("predictions"u8))
            ReadPredictions(ref reader);
        else if (type.ValueTextEquals("labels"u8))
            ReadLabels(ref reader);
        else if (type.ValueTextEquals("phase"u8))
            ReadPhase(ref reader);
        else
        {
            _errors.Add(Pointer("type"), "unknown_event_type", "This event type is not known; it must be one of " + Types + ".");
            SkipFields(ref reader);
        }
    }

    private static void SkipFields(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            reader.Skip();
    }

    private string Pointer(string field) => $"/events/{_index}/{field}";

    private string Place() => _inEvents ? $"/events/{_index}" : "";

    private void Fault(string field, (string Code, string Message) fault) => _errors.Add(Pointer(field), fault.Code, fault.Message);

    private void Missing(string field, string what) => _errors.Add(Pointer(field), "missing", $"The field '{field}' is required: {what}.");

    private string? Text(ref Utf8JsonReader reader, string pointer)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // The bytes are UTF-8, so only an escape can be at fault.
            _errors.Add(pointer, "lone_surrogate", "The text holds an escape for half of a surrogate pair, which is no text.");
            return "-";
        }
    }
}
