using System.Diagnostics;
using System.Text.Json;

namespace Dashboard.Benchmarks;

/// <summary>Programs that do what the projections do; each prints a line of JSON with its cost.</summary>
internal static class ProjectionPeer
{
    /// <summary>A command of projection_peers.py, on one thread.</summary>
    public static Cost Python(string root, params string[] arguments) => Run("/usr/bin/python3", [Path.Combine(root, "benchmarks", "projection_peers.py"), .. arguments]);

    /// <summary>Fetches a package of npm into a folder of the benchmark's; nothing of it is run but the package itself.</summary>
    /// <returns>The folder.</returns>
    public static string Npm(string folder, string package)
    {
        var modules = Directory.CreateDirectory(Path.Combine(folder, "npm")).FullName;
        Output("npm", ["install", "--prefix", modules, "--no-audit", "--no-fund", "--ignore-scripts", package]);
        return modules;
    }

    public static Cost Run(string program, params string[] arguments) => CostOf(Answer(program, arguments));

    /// <summary>All that a command of projection_peers.py says.</summary>
    public static JsonElement Ask(string root, params string[] arguments) => Answer("/usr/bin/python3", [Path.Combine(root, "benchmarks", "projection_peers.py"), .. arguments]);

    public static Cost CostOf(JsonElement answer) => answer.TryGetProperty("cpu", out var cpu) ? new Cost(cpu.GetDouble(), answer.GetProperty("wall").GetDouble()) : default;

    /// <summary>All that a program says: its last line, as JSON.</summary>
    public static JsonElement Answer(string program, params string[] arguments)
    {
        using var answer = JsonDocument.Parse(Output(program, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        return answer.RootElement.Clone();
    }

    private static string Output(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach (var library in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS" }) start.Environment[library] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed ({string.Join(' ', arguments)}); what it said is above. Needed: python3-sklearn, umap-learn, dataset-fashion-mnist, node and npm.");
    }
}
