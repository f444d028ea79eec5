using System.Globalization;
using Dashboard.Analysis;
using Dashboard.Torch;

namespace Dashboard.Worker;

/// <summary>What a projection needs of memory, said before it starts.</summary>
internal static class MemoryNeed
{
    // Stacks of threads, and what waits to be collected.
    private const long Room = 64L << 20;

    /// <summary>Says it, once the settings are found to fit the vectors.</summary>
    /// <param name="context">Who says it.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="rows">Vectors.</param>
    /// <param name="columns">Numbers in a vector.</param>
    /// <param name="inMemory">Whether the vectors themselves are in memory, not in a file.</param>
    /// <exception cref="TorchOutOfMemoryException">It is more than there is.</exception>
    /// <exception cref="VectorException">The settings do not fit.</exception>
    public static void Announce(EngineContext context, ProjectionSettings settings, int rows, int columns, bool inMemory)
    {
        Projection.Check(rows, columns, settings);
        var own = inMemory ? 4L * rows * columns : 0;
        var needed = Projection.MemoryBytes(rows, columns, settings) + own;
        context.Output.Note($"{rows} vectors of {columns} numbers: {Words(needed)} of memory at the most.");
        var there = Math.Max(0, context.Task.MemoryBytes - Taken() - Room);
        if (needed > there || own > 4L * Array.MaxLength)
        {
            throw new TorchOutOfMemoryException(
                $"{rows} vectors of {columns} numbers need {Words(needed)} of memory with these settings, and {Words(there)} are there. A worker with a larger --memory allows more; pca_first, or fewer vectors, need less.");
        }
    }

    /// <summary>Bytes that the limit counts already: of the runtime, and of libtorch where it is loaded.</summary>
    private static long Taken()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            // VmData:     61744 kB
            if (line.StartsWith("VmData:", StringComparison.Ordinal)) return long.Parse(line.AsSpan(7, line.Length - 7 - 3), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
        }
        return 0;
    }

    private static string Words(long bytes) => bytes >= 10L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes >> 20)} MiB");
}
