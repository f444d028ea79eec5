namespace Dashboard.Storage;

/// <summary>That somebody was told of a run.</summary>
/// <param name="Channel">How.</param>
/// <param name="Code">Of what.</param>
/// <param name="Tag">Of which series; empty for the run itself.</param>
public sealed record ArchivedMark(string Channel, string Code, string Tag);
