namespace Dashboard.Web;

/// <summary>Where to go after signing in: only to this server.</summary>
public static class LocalPath
{
    /// <summary>The path where it is one of this server's, else the start page's.</summary>
    public static string Of(string? path)
    {
        // Browsers take a backslash for a slash and drop tabs and line ends, so that "/\host" would lead elsewhere.
        var isLocal = path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl);
        return isLocal ? path! : "/";
    }
}
