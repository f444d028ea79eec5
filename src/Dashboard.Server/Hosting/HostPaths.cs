namespace Dashboard.Server;

/// <summary>Finds the files that come with the server, wherever it is started from.</summary>
internal static class HostPaths
{
    /// <summary>Options for a builder whose content is beside the program, and whose web root is there too once published.</summary>
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = args,
        ContentRootPath = AppContext.BaseDirectory,
        WebRootPath = WebRoot(AppContext.BaseDirectory),
    };

    /// <summary>The folder <c>wwwroot</c>: beside the program, or at the top of the repository it was built in.</summary>
    public static string WebRoot(string start)
    {
        var beside = Path.Combine(start, "wwwroot");
        if (Directory.Exists(beside))
            return beside;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
                return Path.Combine(folder.FullName, "wwwroot");
        }
        return beside;
    }
}
