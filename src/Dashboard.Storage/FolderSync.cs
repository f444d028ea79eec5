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
        using var handle = Open(folder);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Has the names of a folder and of those above it reach the disk, as far up as they can be read: what cannot be was not made by this user.</summary>
    public static void FlushAbove(string path)
    {
        for (var above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above))
        {
            try
            {
                Flush(above);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }

    /// <summary>Returns once everything that was written to the file system of a folder, names included, is on the disk.</summary>
    /// <exception cref="IOException">The disk said no.</exception>
    public static void FlushAll(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(folder);
        if (SyncFileSystem(handle) != 0) throw new IOException($"The folder {folder} could not be written to the disk ({Marshal.GetLastPInvokeErrorMessage()}).", Marshal.GetLastPInvokeError());
    }

    /// <summary>Gives a file a second name. False where the file system does not do that here: too many names, another disk, no links.</summary>
    public static bool TryLink(string path, string other) => !OperatingSystem.IsWindows() && Link(path, other) == 0;

    private static SafeFileHandle Open(string folder)
    {
        var descriptor = Open(folder, ReadOnly);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"The folder {folder} could not be opened ({Marshal.GetLastPInvokeErrorMessage()}).", Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string other);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
