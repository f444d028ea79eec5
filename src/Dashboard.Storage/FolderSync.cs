using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dashboard.Storage;

/// <summary>Makes names durable. That the content of a file is on the disk does not say that its name is: after a power loss a file whose folder was not synced may be gone.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Creates a folder and those missing above it, each on the disk when this returns.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path)) return;
        var above = Path.GetDirectoryName(path);
        if (above is not null) Create(above);
        Directory.CreateDirectory(path);
        if (above is not null) Flush(above);
    }

    /// <summary>Has the names in a folder reach the disk.</summary>
    /// <exception cref="IOException">They did not.</exception>
    public static void Flush(string folder)
    {
        // NTFS keeps names in a journal of its own, and a folder cannot be opened for this.
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw new IOException($"The folder {folder} could not be opened ({Marshal.GetLastPInvokeErrorMessage()}).", Marshal.GetLastPInvokeError());
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
