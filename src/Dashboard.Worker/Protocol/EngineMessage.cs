using System.Text.Json;
using Dashboard.Contracts;

namespace Dashboard.Worker;

/// <summary>What the worker and its engine say to each other: a type, and the fields that belong to it.</summary>
internal sealed record EngineMessage
{
    /// <summary>One of <see cref="EngineMessages"/>.</summary>
    public required string Type { get; init; }

    /// <summary><c>task</c>: what to compute.</summary>
    public EngineTask? Task { get; init; }

    /// <summary><c>ready</c>: what computes.</summary>
    public EngineRuntime? Runtime { get; init; }

    /// <summary><c>part</c>: a part of the result.</summary>
    public JobPart? Part { get; init; }

    /// <summary><c>block</c>: rows of numbers.</summary>
    public EngineBlock? Block { get; init; }

    /// <summary><c>result</c>: the whole result of a probe or of curvature; what the parts do not have of a landscape, and the blocks of a projection.</summary>
    public JsonElement? Result { get; init; }

    /// <summary><c>progress</c>, <c>note</c>, <c>missing</c>, <c>error</c>: a sentence for a person.</summary>
    public string? Text { get; init; }

    /// <summary><c>error</c>: as in <see cref="JobView.ErrorCode"/>.</summary>
    public string? Code { get; init; }

    /// <summary><c>progress</c>: share that is done.</summary>
    public double? Progress { get; init; }

    /// <summary><c>progress</c>: seconds that are left.</summary>
    public double? SecondsLeft { get; init; }
}
