using System.Globalization;
using System.Runtime.InteropServices;

namespace Dashboard.Worker;

/// <summary>What this process was started with open, beyond its three streams: whoever started it may have forgotten a file or a socket, and walls do not close those.</summary>
internal static partial class InheritedDescriptors
{
    private const int SetFlags = 2;
    private const int CloseOnExecute = 1;

    /// <summary>Keeps them from every process that is started from now on.</summary>
    public static void KeepFromChildren()
    {
        if (!Directory.Exists("/proc/self/fd")) return;
        foreach (var path in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            // One may be gone by now: it was that of this very listing.
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2) _ = Control(descriptor, SetFlags, CloseOnExecute);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);
}
