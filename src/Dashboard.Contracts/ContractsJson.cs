using System.Text.Json.Serialization;

namespace Dashboard.Contracts;

/// <summary>Serialization of every wire type: snake_case, NaN and infinities as text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EventsRequest))]
[JsonSerializable(typeof(IngestAnswer))]
[JsonSerializable(typeof(PutRunRequest))]
[JsonSerializable(typeof(PatchRunRequest))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(Page<RunView>))]
[JsonSerializable(typeof(Page<ProjectView>))]
[JsonSerializable(typeof(Page<SeriesView>))]
[JsonSerializable(typeof(Page<ArtifactView>))]
[JsonSerializable(typeof(ScalarsView))]
[JsonSerializable(typeof(ScalarsQuery))]
[JsonSerializable(typeof(ScalarsQueryAnswer))]
[JsonSerializable(typeof(TagsQuery))]
[JsonSerializable(typeof(TagsAnswer))]
[JsonSerializable(typeof(RunTableQuery))]
[JsonSerializable(typeof(RunTable))]
[JsonSerializable(typeof(RunFields))]
[JsonSerializable(typeof(HistogramsView))]
[JsonSerializable(typeof(TextsView))]
[JsonSerializable(typeof(RecordsQuery))]
[JsonSerializable(typeof(HistogramsQueryAnswer))]
[JsonSerializable(typeof(TextsQueryAnswer))]
[JsonSerializable(typeof(EmbeddingView))]
[JsonSerializable(typeof(PredictionsView))]
[JsonSerializable(typeof(LabelsView))]
[JsonSerializable(typeof(PhasesView))]
[JsonSerializable(typeof(ArtifactView))]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(ApiLimits))]
[JsonSerializable(typeof(LiveSubscription))]
[JsonSerializable(typeof(LiveFrame))]
public sealed partial class ContractsJson : JsonSerializerContext;
