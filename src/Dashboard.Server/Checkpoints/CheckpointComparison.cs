using Dashboard.Contracts;
using Dashboard.Storage;
using Dashboard.Tensors;

namespace Dashboard.Server;

/// <summary>Compares two checkpoints of a run, both safetensors files.</summary>
internal sealed class CheckpointComparison(IArtifactStore artifacts) : IDisposable
{
    // Each reads two files from end to end: more at once would only compete for the disk.
    private readonly SemaphoreSlim _gate = new(2, 2);

    public void Dispose() => _gate.Dispose();

    /// <summary>Compares two versions by their ids.</summary>
    /// <exception cref="ApiProblemException">404 for no such run or checkpoint, 422 for a file that is no safetensors file.</exception>
    public async Task<CheckpointDifferenceView> CompareAsync(string runId, string a, string b, CancellationToken cancellation)
    {
        var all = await artifacts.ListAsync(runId, CheckpointReads.Type, null, true, cancellation) ?? throw ApiProblems.RunNotFound();
        var (first, firstPath) = await FindAsync(runId, all, a, cancellation);
        var (second, secondPath) = await FindAsync(runId, all, b, cancellation);
        await _gate.WaitAsync(cancellation);
        try
        {
            var found = await Task.Run(() => SafetensorsDifference.Compare(firstPath, secondPath, cancellation), cancellation);
            return new CheckpointDifferenceView(ArtifactViews.Of(first), ArtifactViews.Of(second), Whole(found.Tensors), [.. found.Tensors.Select(Of)],
                found.OnlyFirst, found.OnlySecond, found.Reshaped);
        }
        catch (TensorFileException fault)
        {
            throw ApiProblems.NotComparable(fault.Message);
        }
        catch (FileNotFoundException)
        {
            // Removed since it was found.
            throw ApiProblems.ArtifactNotFound();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<(ArtifactInfo Info, string Path)> FindAsync(string runId, IReadOnlyList<ArtifactInfo> all, string id, CancellationToken cancellation)
    {
        var info = all.FirstOrDefault(one => one.Id == id) ?? throw ApiProblems.ArtifactNotFound();
        return await artifacts.FindAsync(runId, info.Name, null, id, cancellation) ?? throw ApiProblems.ArtifactNotFound();
    }

    // Counters such as BatchNorm's are no weights: one of them would be longer than all the rest.
    private static TensorDifferenceView Whole(IReadOnlyList<TensorDifference> tensors)
    {
        var weights = tensors.Where(one => one.IsWeights).ToList();
        var norm = Math.Sqrt(weights.Sum(one => one.Norm * one.Norm));
        var other = Math.Sqrt(weights.Sum(one => one.OtherNorm * one.OtherNorm));
        var distance = Math.Sqrt(weights.Sum(one => one.Distance * one.Distance));
        // a·b of each from its cosine; of a zero vector it is zero.
        var product = weights.Sum(one => double.IsNaN(one.Cosine) ? 0 : one.Cosine * one.Norm * one.OtherNorm);
        return new TensorDifferenceView("", "", [], weights.Sum(Count), norm, distance, distance / norm,
            norm == 0 || other == 0 ? double.NaN : Math.Clamp(product / (norm * other), -1, 1),
            weights.Count == 0 ? 0 : weights.Max(one => one.Largest), weights.Sum(one => one.NonFinite));
    }

    private static TensorDifferenceView Of(TensorDifference one) => new(
        one.Name, one.Type.ToString().ToLowerInvariant(), one.Shape, Count(one), one.Norm, one.Distance, one.Relative, one.Cosine, one.Largest, one.NonFinite);

    private static long Count(TensorDifference one) => one.Shape.Aggregate(1L, (product, size) => product * size);
}
