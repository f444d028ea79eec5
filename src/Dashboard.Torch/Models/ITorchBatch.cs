namespace Dashboard.Torch;

/// <summary>Samples on a device; read only, and shared by a model and its clones.</summary>
public interface ITorchBatch : IDisposable
{
    /// <summary>Number of samples.</summary>
    long Samples { get; }
}
