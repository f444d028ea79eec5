namespace Dashboard.Contracts;

/// <summary>Samples of a cell of a confusion matrix: answer of <c>GET /api/v1/runs/{run_id}/classification/samples</c>.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tag">The series.</param>
/// <param name="Step">Training step.</param>
/// <param name="Total">Samples of the cell, of which these are the first.</param>
/// <param name="Items">The samples: those of the largest loss first, or of the highest score where no losses were logged.</param>
/// <param name="ClassNames">What all classes are called, or null.</param>
/// <param name="Sprite">Thumbnails, or null.</param>
public sealed record PredictedSamplesView(
    string RunId, string Tag, long Step, int Total, IReadOnlyList<PredictedSample> Items, IReadOnlyList<string>? ClassNames, SpriteReference? Sprite);
