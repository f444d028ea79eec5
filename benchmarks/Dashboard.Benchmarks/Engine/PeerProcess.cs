using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dashboard.Benchmarks;

/// <summary>landscape_peers.py, which computes on request and waits in between.</summary>
internal sealed class PeerProcess : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    /// <summary>Writes the models into a folder.</summary>
    public static void Make(string root, string folder)
    {
        using var process = Start(root, "make", folder);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("landscape_peers.py could not make its models: /usr/bin/python3 with python3-torch is needed.");
    }

    public static PeerProcess Serve(string root, string folder) => new(Start(root, "serve", folder));

    /// <summary>Operations a second of a square product of 1,024 in float32 on one core.</summary>
    public double ProductRate() => Ask("""{"way":"sgemm"}""").GetProperty("rate").GetDouble();

    /// <summary>A landscape in one of the ways that the file describes.</summary>
    public (Cost Cost, double[] Losses) Run(string name, string way, double[] coordinates)
    {
        var points = coordinates.Chunk(2).Select(pair => string.Create(CultureInfo.InvariantCulture, $"[{pair[0]:R},{pair[1]:R}]"));
        var answer = Ask($$"""{"case":"{{name}}","way":"{{way}}","points":[{{string.Join(',', points)}}]}""");
        return (new Cost(answer.GetProperty("cpu").GetDouble(), answer.GetProperty("wall").GetDouble()), [.. answer.GetProperty("loss").EnumerateArray().Select(loss => loss.GetDouble())]);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static Process Start(string root, string command, string folder)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(root, "benchmarks", "landscape_peers.py"), command, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // torch.set_num_threads does not reach OpenBLAS, whose threads would spin on the other core.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException($"{Python} cannot be started.");
    }

    private JsonElement Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("landscape_peers.py ended; what it said is above.");
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.Clone();
    }
}
