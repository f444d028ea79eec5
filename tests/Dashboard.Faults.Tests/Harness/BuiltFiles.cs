using System.Reflection;

namespace Dashboard.Faults.Tests;

/// <summary>Paths that the build wrote into this assembly.</summary>
internal static class BuiltFiles
{
    public static string Server => Path("ServerAssembly");

    public static string Worker => Path("WorkerAssembly");

    public static string PythonClient => Path("PythonClient");

    public static string Recorder => Path("Recorder");

    private static string Path(string key) =>
        typeof(BuiltFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
