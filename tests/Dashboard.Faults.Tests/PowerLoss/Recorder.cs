using System.Diagnostics;

namespace Dashboard.Faults.Tests;

/// <summary>Builds the library that writes down what a server does to its disk (<c>recorder.c</c>), and says how a process is started under it.</summary>
internal sealed class Recorder
{
    private readonly string _library;
    private readonly string _root;

    /// <param name="scratch">Folder for the library and the log, outside of what is recorded.</param>
    /// <param name="root">Folder whose changes are recorded; it exists, and counts as durable.</param>
    /// <exception cref="InvalidOperationException">There is no C compiler: the test cannot show what it is for, and says so by failing.</exception>
    public Recorder(string scratch, string root)
    {
        _root = root;
        _library = Path.Combine(scratch, "recorder.so");
        Log = Path.Combine(scratch, "disk.log");
        using var compiler = Process.Start(new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", _library, BuiltFiles.Recorder, "-ldl"]) { RedirectStandardError = true })!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
            throw new InvalidOperationException($"gcc could not build {BuiltFiles.Recorder}; install the package gcc.\n{errors}");
    }

    /// <summary>Where the records go, one process after the other.</summary>
    public string Log { get; }

    /// <summary>Environment of a recorded process.</summary>
    public Dictionary<string, string> Environment => new() { ["LD_PRELOAD"] = _library, ["LOSSBOARD_RECORD_ROOT"] = _root, ["LOSSBOARD_RECORD_LOG"] = Log };
}
