using System.Text.Json;

namespace Dashboard.Contracts;

/// <summary>A part of a result that is there before the rest: a tile of a grid. Stored durably; one (stage, index) is stored once.</summary>
public sealed record JobPart
{
    /// <summary>Counts the parts of a job in the order in which they were stored, from 1. The server sets it.</summary>
    public long Number { get; init; }
    /// <summary>What the part belongs to. Landscapes: <c>plan</c> (<see cref="LandscapePlanPart"/>), <c>preview</c>, <c>loss</c>, <c>validation</c> (<see cref="LandscapeTilePart"/>). Projections: <c>frame</c> (<see cref="ProjectionFramePart"/>). Monte Carlo: <c>samples</c> (<see cref="MonteCarloPart"/>).</summary>
    public required string Stage { get; init; }
    /// <summary>Number within the stage.</summary>
    public required int Index { get; init; }
    /// <summary>Its content.</summary>
    public required JsonElement Data { get; init; }
}
