using System.Runtime.InteropServices;

namespace Dashboard.Storage;

/// <summary>Calls of the C library that .NET has no name for.</summary>
internal static partial class DiskCalls
{
    private const int ReadOnly = 0;

    /// <summary>Gives a file a second name. False where the file system does not do that here: too many names, another disk, no links.</summary>
    public static bool TryLink(string path, string other) => Link(path, other) == 0;

    /// <summary>Returns once everything that was written to the file system of <paramref name="folder"/>, names included, is on the disk.</summary>
    /// <exception cref="IOException">The disk said no.</exception>
    public static void Sync(string folder)
    {
        var handle = Open(folder, ReadOnly);
        if (handle < 0) throw new IOException($"{folder} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (SyncFileSystem(handle) != 0) throw new IOException($"{folder} could not be written to the disk (error {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string path, string other);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
