namespace Dashboard.Client;

/// <content>
/// What the server's workers compute with (models, checkpoints, batches), and landscapes that were computed elsewhere. None of these throws: what is wrong is a notice.
/// </content>
public sealed partial class LossboardRun
{
    /// <summary>Uploads a TorchScript file, as <c>torch.jit.ScriptModule.save</c> writes it.</summary>
    /// <param name="path">The file. It may be changed as soon as this ends.</param>
    /// <param name="name">Name within the run.</param>
    /// <param name="step">Training step, or null.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <returns>True when the copy is on disk; false, with a notice, when it could not be made.</returns>
    public async Task<bool> UploadModelAsync(string path, string name = "model.pt", long? step = null, CancellationToken cancellation = default)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await UploadModelAsync(file, name, step, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _notifier.BadEvent($"model \"{path}\"", e);
            return false;
        }
    }

    /// <summary>Uploads TorchScript from a stream.</summary>
    /// <param name="content">Read to its end; not closed.</param>
    /// <param name="name">Name within the run.</param>
    /// <param name="step">Training step, or null.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <inheritdoc cref="UploadModelAsync(string, string, long?, CancellationToken)" path="/returns"/>
    public Task<bool> UploadModelAsync(Stream content, string name = "model.pt", long? step = null, CancellationToken cancellation = default) =>
        UploadMadeAsync("model", name, step, () => TorchScriptFile.Check(content), cancellation);

    /// <summary>Uploads weights as a safetensors file.</summary>
    /// <param name="weights">Parameters and buffers, named as the module names them.</param>
    /// <param name="step">Training step.</param>
    /// <param name="name">Name within the run; <c>checkpoints/&lt;step&gt;.safetensors</c> by default.</param>
    /// <param name="origin">Why it is saved, and how good it is; or null.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <inheritdoc cref="UploadModelAsync(string, string, long?, CancellationToken)" path="/returns"/>
    public Task<bool> UploadCheckpointAsync(IReadOnlyCollection<LossboardTensor> weights, long step, string? name = null, LossboardOrigin? origin = null,
        CancellationToken cancellation = default) =>
        UploadMadeAsync("checkpoint", name ?? $"checkpoints/{step}.safetensors", step, () => SafetensorsBody.Open(weights), cancellation, origin);

    /// <summary>Uploads samples on which landscapes and curvature are computed.</summary>
    /// <param name="inputs">What the model takes, with the samples along the first dimension.</param>
    /// <param name="targets">What its loss takes, one entry a sample; class numbers may be of any whole type. Null where the model returns its loss itself.</param>
    /// <param name="weights">One number a sample, or null.</param>
    /// <param name="name">Name within the run.</param>
    /// <param name="step">Training step, or null.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <inheritdoc cref="UploadModelAsync(string, string, long?, CancellationToken)" path="/returns"/>
    public Task<bool> UploadBatchAsync(LossboardTensor inputs, LossboardTensor? targets = null, LossboardTensor? weights = null, string name = "batch.safetensors",
        long? step = null, CancellationToken cancellation = default) =>
        UploadMadeAsync("batch", name, step, () => SafetensorsBody.OpenBatch(inputs, targets, weights), cancellation);

    /// <summary>Uploads a landscape that was computed elsewhere, as <c>landscapes/&lt;name&gt;.json</c>.</summary>
    /// <param name="landscape">The grid.</param>
    /// <param name="name">What the page calls it.</param>
    /// <param name="step">Training step, or null.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <inheritdoc cref="UploadModelAsync(string, string, long?, CancellationToken)" path="/returns"/>
    public Task<bool> UploadLandscapeAsync(LossboardLandscape landscape, string name = "landscape", long? step = null, CancellationToken cancellation = default) =>
        UploadMadeAsync("landscape", $"landscapes/{name}.json", step, () => new MemoryStream(LandscapeJson.Write(landscape), writable: false), cancellation);

    private async Task<bool> UploadMadeAsync(string type, string name, long? step, Func<Stream> make, CancellationToken cancellation, LossboardOrigin? origin = null)
    {
        try
        {
            // What is handed on is a view of what the caller has, and closing it is not ours.
            origin?.Check();
            return await _pipeline.AddArtifactAsync(make(), name, type, step, origin, cancellation);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            _notifier.BadEvent($"{type} \"{name}\"", e);
            return false;
        }
    }
}
