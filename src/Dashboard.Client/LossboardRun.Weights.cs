using System.Text.Json;

namespace Dashboard.Client;

/// <content>What the server's workers say of the run's weights. None of these throws: what is wrong is a notice.</content>
public sealed partial class LossboardRun
{
    /// <summary>Asks for the path of the run's checkpoints, once the server has what was logged so far; waits for its word and not for the result.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Id of the job; null, with a notice, where the server has not got everything or refuses.</returns>
    public Task<string?> ComputeWeightPcaAsync(LossboardWeightPca asked, CancellationToken cancellation = default) => AskAsync(
        "weight_pca",
        asked?.Name,
        runId => JsonSerializer.SerializeToElement(new { RunId = runId, asked!.Checkpoints, asked.Dims, asked.Clusters, asked.Seed }, Json.Options),
        asked,
        cancellation);

    /// <summary>Asks for losses of weights drawn at random around the run's model.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <inheritdoc cref="ComputeWeightPcaAsync" path="/returns"/>
    public Task<string?> ComputeMonteCarloAsync(LossboardMonteCarlo asked, CancellationToken cancellation = default) => AskAsync(
        "monte_carlo",
        asked?.Name,
        runId => JsonSerializer.SerializeToElement(
            new
            {
                Model = FileOfRun(runId, asked!.Model),
                Batch = FileOfRun(runId, asked.Batch),
                asked.Loss,
                asked.Sampler,
                asked.Samples,
                asked.Scale,
                asked.Scaling,
                asked.Temperature,
                asked.Seed,
                asked.Projection,
                Center = asked.Center is null ? null : FileOfRun(runId, asked.Center),
                asked.Checkpoints,
                asked.Rank,
                asked.StepSize,
                asked.BurnIn,
                asked.Thinning,
            },
            Json.Options),
        asked,
        cancellation);

    private static object FileOfRun(string runId, string name) => new { RunId = runId, Name = name };

    private async Task<string?> AskAsync(string kind, string? name, Func<string, JsonElement> spec, object? asked, CancellationToken cancellation)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(asked);
            if (!await FlushAsync(cancellation))
                throw new InvalidOperationException("the server has not stored what was logged; it can be asked for once it has");
            return await _pipeline.PostJobAsync(kind, name, spec, cancellation);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            _notifier.BadEvent(kind, e);
            return null;
        }
    }
}
