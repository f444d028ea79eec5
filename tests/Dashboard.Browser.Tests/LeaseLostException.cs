namespace Dashboard.Browser.Tests;

/// <summary>The lease of a stand-in worker is lost: its job was cancelled, or taken by another.</summary>
public sealed class LeaseLostException() : Exception("The lease is lost.");
