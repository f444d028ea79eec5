namespace Dashboard.Contracts;

/// <summary>Stored points whose bytes no longer match their checksum: the span of their steps and how many they are.</summary>
public sealed record DamagedView(long FirstStep, long LastStep, long Count);
