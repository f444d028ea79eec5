using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>Samples of a Monte Carlo job, those of this lease and those of earlier ones. What an engine says is checked before it goes further.</summary>
internal sealed class MonteCarloAssembly(int count) : IPartAssembly
{
    private readonly Dictionary<int, MonteCarloPart> _parts = [];

    /// <summary>Parts that are there.</summary>
    public IReadOnlyList<MonteCarloPart> Parts => [.. _parts.Values];

    /// <inheritdoc/>
    public JobPart Add(JobPart part)
    {
        try
        {
            var samples = part.Stage == MonteCarloNames.Stage ? part.Data.Deserialize(ContractsJson.Default.MonteCarloPart) : throw Bad($"there is no stage '{part.Stage}'");
            var length = MonteCarloSamples.BlockLength(count);
            var first = (long)part.Index * length;
            if (samples is null || part.Index < 0 || first >= count || samples.First != first) throw Bad($"part {part.Index} is none of {count} samples");
            var size = Math.Min(length, count - (int)first);
            if (samples.Loss.Count != size || samples.Distance.Count != size || (samples.Accuracy?.Count ?? size) != size || (samples.Coordinates?.Count ?? size) != size || samples.Coordinates?.Any(point => point is not { Count: 2 }) == true)
                throw Bad($"part {part.Index} has not {size} samples");
            _parts.TryAdd(part.Index, samples);
            return part with { Data = JsonSerializer.SerializeToElement(samples, ContractsJson.Default.MonteCarloPart) };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A part '{part.Stage}' cannot be read: {e.Message}", e);
        }
    }

    private static InvalidDataException Bad(string what) => new($"The engine's samples make no sense: {what}.");
}
