namespace Dashboard.Storage;

/// <summary>What a worker got done since it was last heard of.</summary>
/// <param name="Progress">Share that is done, or null for no change.</param>
/// <param name="Message">What it does, or null for no change.</param>
/// <param name="Backend">What it computes on, or null for no change.</param>
/// <param name="Parts">Parts of the result; such as are stored already are passed over.</param>
/// <param name="Log">Lines for the log.</param>
public sealed record JobStep(double? Progress, string? Message, string? Backend, IReadOnlyList<StoredPart> Parts, IReadOnlyList<LogLine> Log);
