namespace Dashboard.Faults.Tests;

/// <summary>A text event.</summary>
internal sealed record Note(string Tag, long Step, string Text);
