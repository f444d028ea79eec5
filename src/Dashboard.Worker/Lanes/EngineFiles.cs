using System.Runtime.InteropServices;

namespace Dashboard.Worker;

/// <summary>What an engine runs from: the runtime, this program, the bridge, and the folders of the libraries that it links to.</summary>
/// <param name="DotnetRoot">Folder of the .NET installation that runs this process.</param>
/// <param name="Program">This program's assembly.</param>
/// <param name="Bridge">The bridge; null where there is none.</param>
/// <param name="LibraryFolders">Folders outside the system's own.</param>
/// <param name="Missing">Where the bridge was looked for and what to install; null where it is there.</param>
internal sealed record EngineFiles(string DotnetRoot, string Program, string? Bridge, IReadOnlyList<string> LibraryFolders, string? Missing = null)
{
    private static readonly string[] SystemFolders = ["/usr/", "/lib/", "/lib32/", "/lib64/", "/bin/", "/sbin/"];

    /// <summary>What raises walls.</summary>
    public string Bubblewrap { get; init; } = "bwrap";

    /// <summary>The command that runs an engine.</summary>
    public IReadOnlyList<string> Command => [Path.Combine(DotnetRoot, "dotnet"), "exec", Program, "engine"];

    /// <summary>Looks for everything.</summary>
    public static async Task<EngineFiles> FindAsync(StarterThread starter, CancellationToken cancellation)
    {
        // …/shared/Microsoft.NETCore.App/10.0.0/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var program = Path.Combine(AppContext.BaseDirectory, "Dashboard.Worker.dll");
        string bridge;
        try
        {
            bridge = Torch.TorchRuntime.FindBridge();
        }
        catch (Torch.TorchMissingException e)
        {
            return new EngineFiles(root, program, null, [], e.Message);
        }
        var linked = await CommandRun.RunAsync(starter, "ldd", [bridge], cancellation);
        return new EngineFiles(root, program, bridge, linked is null ? [] : Folders(linked.Value.Output));
    }

    /// <summary>Folders outside the system's that the lines of <c>ldd</c> (<c>name =&gt; path (address)</c>) name.</summary>
    public static IReadOnlyList<string> Folders(string listing)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in listing.Split('\n'))
        {
            var arrow = line.IndexOf(" => /", StringComparison.Ordinal);
            var end = line.LastIndexOf(" (", StringComparison.Ordinal);
            if (arrow < 0 || end < arrow + 5) continue;
            var path = line[(arrow + 4)..end];
            if (SystemFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))) continue;
            var folder = Path.GetDirectoryName(path)!;
            folders.Add(folder);
            // A wheel of torch opens libraries of its neighbours (site-packages/nvidia) by itself, later.
            var neighbours = Path.GetFullPath(Path.Combine(folder, "..", "..", "nvidia"));
            if (folder.EndsWith("/torch/lib", StringComparison.Ordinal) && Directory.Exists(neighbours)) folders.Add(neighbours);
        }
        return [.. folders];
    }
}
