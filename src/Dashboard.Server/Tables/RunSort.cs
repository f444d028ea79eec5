namespace Dashboard.Server;

/// <summary>One sort key.</summary>
internal readonly record struct RunSort(ValuePath By, bool IsDescending);
