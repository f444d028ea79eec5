using Microsoft.Win32.SafeHandles;

namespace Dashboard.Storage;

/// <summary>Reads how long the write-ahead log is. Its file does not say: it keeps its length when the log begins anew within it.</summary>
/// <remarks>
/// The format is documented and fixed (sqlite.org/walformat.html): a head of 32 bytes with two numbers, the salts, that change with each beginning; then frames of a head of 24 bytes, in
/// which the salts of their time are repeated, and a page. Frames with the head's own salts come first. SQLite holds no lock on this file, so it may be opened beside it.
/// </remarks>
internal sealed class LogFile(string path) : IDisposable
{
    private const int HeadBytes = 32;
    private const int SaltsInHead = 16;
    private const int FrameBytes = 24 + 4096;
    private const int SaltsInFrame = 8;

    private SafeFileHandle? _file;

    /// <summary>Frames that the file has room for: what it takes on the disk.</summary>
    public long Room => Open() is { } file ? Math.Max(0, (RandomAccess.GetLength(file) - HeadBytes) / FrameBytes) : 0;

    /// <summary>Frames since the log last began anew, a page each. For the thread that writes: the log must not grow meanwhile.</summary>
    public long Frames
    {
        get
        {
            if (Open() is not { } file || Salts(file, SaltsInHead) is not { } salts) return 0;
            var (low, high) = (0L, Room);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Salts(file, HeadBytes + (middle * FrameBytes) + SaltsInFrame) == salts) low = middle + 1;
                else high = middle;
            }

            return low;
        }
    }

    public void Dispose() => _file?.Dispose();

    // The first commit makes the file; from then on it stays as long as the writer's connection.
    private SafeFileHandle? Open() =>
        _file ??= File.Exists(path) ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;

    private static long? Salts(SafeFileHandle file, long offset)
    {
        Span<byte> salts = stackalloc byte[sizeof(long)];
        return RandomAccess.Read(file, salts, offset) == sizeof(long) ? BitConverter.ToInt64(salts) : null;
    }
}
