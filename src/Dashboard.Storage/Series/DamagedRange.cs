namespace Dashboard.Storage;

/// <summary>Stored points whose bytes no longer match their checksum.</summary>
/// <param name="FirstStep">Smallest step among them.</param>
/// <param name="LastStep">Largest step among them.</param>
/// <param name="Count">How many points.</param>
public sealed record DamagedRange(long FirstStep, long LastStep, long Count);
