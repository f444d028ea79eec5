using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What a model said of samples: scores of classes beside labels, or numbers beside targets.</summary>
internal sealed partial class EventsDecoder
{
    private void ReadPredictions(ref Utf8JsonReader reader)
    {
        var head = new Head { WallTime = _batch.Now };
        List<long>? labels = null;
        List<double>? losses = null;
        List<string>? ids = null, classes = null;
        Matrix? scores = null, targets = null;
        SpriteReference? sprite = null;
        bool hasScores = false, hasTargets = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadHead(ref reader, ref head))
                continue;
            if (reader.ValueTextEquals("labels"u8))
                ReadInt64s(ref reader, "labels", labels = []);
            else if (reader.ValueTextEquals("targets"u8))
            {
                hasTargets = true;
                targets = ReadMatrix(ref reader, "targets", _limits.MaxPredictionValues, takesNumbers: true);
            }
            else if (reader.ValueTextEquals("scores"u8))
            {
                hasScores = true;
                scores = ReadMatrix(ref reader, "scores", _limits.MaxPredictionValues);
            }
            else if (reader.ValueTextEquals("losses"u8))
                ReadDoubles(ref reader, "losses", losses = []);
            else if (reader.ValueTextEquals("ids"u8))
                ids = ReadTexts(ref reader, "ids");
            else if (reader.ValueTextEquals("classes"u8))
                classes = ReadTexts(ref reader, "classes");
            else if (reader.ValueTextEquals("sprite"u8))
            {
                reader.Read();
                sprite = ReadSprite(JsonElement.ParseValue(ref reader));
            }
            else
                reader.Skip();
        }
        CheckHead(head);
        if (labels is not null && hasTargets)
            Fault("targets", ("conflict", "Give either labels (true classes) or targets (true numbers), not both."));
        else if (labels is null && !hasTargets)
            Missing("labels", "the true class of each sample; for a regression give 'targets' instead");
        if (!hasScores)
            Missing("scores", "one row of scores a sample");
        if (scores is not null)
            CheckSamples(scores, labels, targets, classes, losses?.Count, ids?.Count);
        AddRecord(RecordKind.Predictions, head, () => PredictionsCodec.Encode(
            new Predictions(labels?.ToArray(), targets, scores!, losses?.ToArray(), ids?.ToArray()) { Classes = classes?.ToArray(), Sprite = sprite }));
    }

    private void CheckSamples(Matrix scores, List<long>? labels, Matrix? targets, List<string>? names, int? losses, int? ids)
    {
        CheckCount("labels", labels?.Count);
        CheckCount("targets", targets?.Rows);
        CheckCount("losses", losses);
        CheckCount("ids", ids);
        if (targets is not null && targets.Columns != scores.Columns)
            Fault("targets", ("length_mismatch", $"targets has {targets.Columns} numbers a sample and scores has {scores.Columns}; they must be as many."));
        if (targets is not null && names is not null)
            Fault("classes", ("conflict", "Targets are numbers and have no classes."));
        // One score a sample is the score of class 1 of two.
        var classes = Math.Max(scores.Columns, 2);
        if (names is not null && targets is null && names.Count != classes)
            Fault("classes", ("length_mismatch", $"classes has {names.Count} names, and there are scores for {classes} classes."));
        for (var at = 0; at < labels?.Count; at++)
        {
            if (labels[at] < 0 || labels[at] >= classes)
                Fault($"labels/{at}", ("out_of_range", $"The class must be from 0 to {classes - 1}, as there are scores for {classes} classes."));
        }

        void CheckCount(string field, int? count)
        {
            if (count is { } given && given != scores.Rows)
                Fault(field, ("length_mismatch", $"{field} has {given} entries and scores has {scores.Rows} rows; they must be as many."));
        }
    }

    private List<string> ReadTexts(ref Utf8JsonReader reader, string name)
    {
        var texts = new List<string>();
        if (!EnterArray(ref reader, name))
            return texts;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var field = $"{name}/{texts.Count}";
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(Text(ref reader, Pointer(field)) ?? "");
                continue;
            }
            Fault(field, ("wrong_type", "Expected a text."));
            reader.Skip();
            texts.Add("");
        }
        return texts;
    }
}
