using System.Text;

namespace Dashboard.Client;

/// <summary>The server's rule for names, checked here because one bad tag would have its whole batch refused.</summary>
internal static class Names
{
    private const int MaxBytes = 512;

    /// <summary>What is wrong with a name, as the end of a sentence; null where nothing is.</summary>
    public static string? Problem(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "must not be empty";
        // Three UTF-8 bytes a UTF-16 unit at most: short names need no count.
        if (name.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(name) > MaxBytes)
            return $"is longer than {MaxBytes} UTF-8 bytes";
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]))
                return "holds a control character";
            if (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name[i], name[++i])))
                return "is not valid Unicode";
        }

        return null;
    }
}
