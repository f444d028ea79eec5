using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>One event of a run; <c>type</c> says which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ScalarEvent), "scalar")]
[JsonDerivedType(typeof(ScalarsEvent), "scalars")]
[JsonDerivedType(typeof(HistogramEvent), "histogram")]
[JsonDerivedType(typeof(EmbeddingEvent), "embedding")]
[JsonDerivedType(typeof(TextEvent), "text")]
[JsonDerivedType(typeof(PredictionsEvent), "predictions")]
[JsonDerivedType(typeof(LabelsEvent), "labels")]
[JsonDerivedType(typeof(PhaseEvent), "phase")]
public abstract record IngestEvent
{
    /// <summary>Seconds since the Unix epoch; the server's clock where absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WallTime { get; init; }
}
