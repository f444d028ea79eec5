namespace Dashboard.Storage;

/// <summary>What a run is told of once: a code, and what it is about (empty for the run itself).</summary>
public readonly record struct AlertKey(string Code, string Tag);
