using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Checks the parts that an engine sends: nothing that was not understood goes further.</summary>
internal interface IPartAssembly
{
    /// <summary>Takes a part.</summary>
    /// <returns>The part, of which nothing is left that was not understood.</returns>
    /// <exception cref="InvalidDataException">It does not belong to this job.</exception>
    JobPart Add(JobPart part);
}
