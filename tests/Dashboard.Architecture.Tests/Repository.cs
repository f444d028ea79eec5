using System.Diagnostics;

namespace Dashboard.Architecture.Tests;

/// <summary>The files of the checkout the tests were built from, as git lists them.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to the root, with <c>/</c>: what is tracked and what would be at the next <c>git add</c>, so that a new file is seen before its commit.</summary>
    public static IReadOnlyList<string> Files => Listed.Value;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] ReadLines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Files below a folder (or anywhere, for an empty one) with one of the extensions.</summary>
    public static IEnumerable<string> FilesIn(string folder, params string[] extensions) =>
        Files.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && extensions.Contains(Path.GetExtension(path)));

    /// <summary>Binary as git means it: a zero byte near the start.</summary>
    public static bool IsText(string path)
    {
        using var file = File.OpenRead(Path.Combine(Root, path));
        Span<byte> start = stackalloc byte[8000];
        return !start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)].Contains((byte)0);
    }

    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"No Dashboard.sln above {AppContext.BaseDirectory}.");
    }

    private static List<string> List()
    {
        // safe.directory: a checkout that another user owns is still only read.
        var (exitCode, output) = Run("git", "-c", "safe.directory=*", "-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard");
        if (exitCode != 0) throw new InvalidOperationException($"git ls-files failed in {Root}: {output}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => File.Exists(Path.Combine(Root, path)))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }
}
