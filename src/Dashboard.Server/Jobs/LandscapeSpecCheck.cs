using Dashboard.Contracts;

namespace Dashboard.Server;

/// <summary>Checks the spec of a landscape, as far as that is possible without opening the model.</summary>
internal static class LandscapeSpecCheck
{
    private const int DefaultPoints = 51;
    private const int MostBatch = 1 << 20;
    private static readonly string[] Scales = ["filter", "layer", "none"];
    private static readonly string[] Biases = ["zero", "scale"];
    private static readonly string[] Statistics = ["stored", "recompute"];

    /// <summary>The spec with the ids of its artifacts.</summary>
    public static async Task<LandscapeSpec> ApplyAsync(LandscapeSpec spec, SpecCheck check, ApiLimits limits)
    {
        check.OneOf(spec.Loss, LossNames.All, "loss");
        check.Device(spec.Device);
        check.OneOf(spec.BatchNorm, Statistics, "batch_norm", "stored");
        check.Count(spec.BatchSize, "batch_size", 1, MostBatch);
        check.Factor(spec.L1, "l1");
        check.Factor(spec.L2, "l2");
        var x = Axis(spec.X ?? new AxisSpec(), "x", check);
        var y = spec.Y is { } second ? Axis(second, "y", check) : 1;
        if (x * y > limits.MaxLandscapePoints)
            check.Add("x/points", "too_many_points", $"A landscape of {x} × {y} points has {x * y}; {limits.MaxLandscapePoints} are the most, 1,000 × 1,000.");
        return spec with
        {
            Model = await check.ArtifactAsync(spec.Model, "model"),
            Batch = await check.ArtifactAsync(spec.Batch, "batch"),
            ValidationBatch = await check.ArtifactAsync(spec.ValidationBatch, "validation_batch", required: false),
            Directions = await DirectionsAsync(spec.Directions, spec, check),
        };
    }

    private static long Axis(AxisSpec axis, string field, SpecCheck check)
    {
        var points = axis.Points ?? DefaultPoints;
        if (points < 2)
            check.Add($"{field}/points", "out_of_range", "An axis has at least two points.");
        if (axis.From is null != axis.To is null)
            check.Add(axis.From is null ? $"{field}/from" : $"{field}/to", "missing", "Give both ends of the range, or neither for one that suits the directions.");
        else if (axis.From is { } from && axis.To is { } to && !(double.IsFinite(from) && double.IsFinite(to) && from < to))
            check.Add($"{field}/from", "out_of_range", "The range must run from a finite number to a larger one.");
        return Math.Max(points, 1);
    }

    private static async Task<DirectionsSpec?> DirectionsAsync(DirectionsSpec? directions, LandscapeSpec spec, SpecCheck check)
    {
        if (directions is null)
        {
            check.Add("directions", "missing", $"The field 'directions' is required: {{ \"kind\": {string.Join(" | ", DirectionKinds.All)}, … }}.");
            return null;
        }
        var kind = check.OneOf(directions.Kind, DirectionKinds.All, "directions/kind");
        check.OneOf(directions.Normalize, Scales, "directions/normalize", "filter");
        check.OneOf(directions.Biases, Biases, "directions/biases", "zero");
        var least = spec.Y is null ? 2 : 3;
        if (kind == DirectionKinds.Pca && (directions.Checkpoints?.Count ?? 0) < least)
            check.Add("directions/checkpoints", "too_few_checkpoints", $"At least {least} checkpoints of the model's run are needed, and {directions.Checkpoints?.Count ?? 0} are named.");
        return directions with
        {
            CheckpointIds = await check.CheckpointsAsync(directions.Checkpoints, spec.Model?.RunId, "directions/checkpoints"),
            To = await check.ArtifactAsync(directions.To, "directions/to", required: kind == DirectionKinds.Between),
            X = await check.ArtifactAsync(directions.X, "directions/x", required: kind == DirectionKinds.Given),
            Y = await check.ArtifactAsync(directions.Y, "directions/y", required: kind == DirectionKinds.Given && spec.Y is not null),
            Center = await check.ArtifactAsync(directions.Center, "directions/center", required: false),
        };
    }
}
