using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Of a job whose result comes as a whole.</summary>
internal sealed class NoParts : IPartAssembly
{
    /// <inheritdoc/>
    public JobPart Add(JobPart part) => throw new InvalidDataException($"A part '{part.Stage}' of a job that has none.");
}
