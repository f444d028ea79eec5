namespace Dashboard.Storage;

/// <summary>One series of a run. The numeric fields are null for kinds that are not scalars.</summary>
public sealed record SeriesInfo(string Tag, RecordKind Kind, long Count, long FirstStep, long LastStep, double? Min, double? Max, double? Last);
