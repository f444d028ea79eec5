using System.Globalization;

namespace Dashboard.Worker;

/// <summary>Notices that the process that started this one is gone, however it went.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>Returns when it is gone.</summary>
    public static async Task WaitAsync(int parent, TimeProvider time, CancellationToken cancellation)
    {
        var born = Born(parent);
        using var timer = new PeriodicTimer(Between, time);
        // A number may be given to another process; its time of birth is then another.
        while (born is not null && Born(parent) == born) await timer.WaitForNextTickAsync(cancellation);
    }

    /// <summary>When a process began, in the kernel's ticks; null where there is none, or only its remains.</summary>
    private static string? Born(int id)
    {
        try
        {
            var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            // The name, which may hold anything, ends at the last parenthesis; field 3 follows it, and field 22 is the time.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
