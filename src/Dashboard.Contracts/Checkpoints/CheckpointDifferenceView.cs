namespace Dashboard.Contracts;

/// <summary>Answer of <c>GET /api/v1/runs/{run_id}/checkpoints/compare</c>.</summary>
/// <param name="A">The checkpoint that is compared with.</param>
/// <param name="B">The one that is compared.</param>
/// <param name="Whole">All weights that both have, as one vector.</param>
/// <param name="Tensors">Each tensor that both have in one shape.</param>
/// <param name="OnlyA">Names that only the first has.</param>
/// <param name="OnlyB">Names that only the second has.</param>
/// <param name="Reshaped">Names that both have, in different shapes.</param>
public sealed record CheckpointDifferenceView(
    ArtifactView A, ArtifactView B, TensorDifferenceView Whole, IReadOnlyList<TensorDifferenceView> Tensors,
    IReadOnlyList<string> OnlyA, IReadOnlyList<string> OnlyB, IReadOnlyList<string> Reshaped);
