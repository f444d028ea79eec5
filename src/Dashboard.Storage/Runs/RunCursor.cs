using System.Globalization;

namespace Dashboard.Storage;

/// <summary>Where a page of runs ended: creation time and key of its last run.</summary>
internal static class RunCursor
{
    public static string Write(RunEntity last) => string.Create(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToInt64Bits(last.Created):x}.{last.Key:x}");

    public static (double Created, long Key)? Parse(string? cursor)
    {
        if (cursor is null) return null;
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var created)
            && long.TryParse(cursor.AsSpan(dot + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
            ? (BitConverter.Int64BitsToDouble(created), key)
            : throw new ArgumentException("The cursor is not one that a listing gave.", nameof(cursor));
    }
}
