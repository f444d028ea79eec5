namespace Dashboard.Storage;

/// <summary>A part of a job's result.</summary>
/// <param name="Number">Counts the parts of the job from 1; the store sets it.</param>
/// <param name="Stage">What it belongs to.</param>
/// <param name="Index">Number within the stage; one (stage, index) is stored once.</param>
/// <param name="Data">JSON in UTF-8.</param>
public sealed record StoredPart(long Number, string Stage, int Index, byte[] Data);
