using System.Security.Cryptography;

namespace Dashboard.Storage;

/// <summary>Reads and copies files with the SHA-256 of their content.</summary>
internal static class HashedFiles
{
    private const int BufferBytes = 1 << 20;
    private static readonly byte[] Nothing = [];

    /// <summary>Reads a file to its end.</summary>
    public static (long Size, string Sha256) Read(string path, CancellationToken cancellation) => Pass(path, null, cancellation);

    /// <summary>Copies a file, which shares its blocks with the original where the file system can do that.</summary>
    /// <returns>Size and hash of the copy as it was read back.</returns>
    public static (long Size, string Sha256) Copy(string path, string copy, CancellationToken cancellation)
    {
        // Keeps the mode, so that a key stays readable to its owner alone. What is hashed is the copy: that is what has to be right.
        File.Copy(path, copy);
        return Read(copy, cancellation);
    }

    /// <summary>Copies a file and hashes what was read of the original.</summary>
    public static (long Size, string Sha256) CopyReading(string path, string copy, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.GetUnixFileMode(path);
        using var target = new FileStream(copy, options);
        return Pass(path, target, cancellation);
    }

    private static (long Size, string Sha256) Pass(string path, FileStream? target, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);
        var buffer = file.Length == 0 ? Nothing : GC.AllocateUninitializedArray<byte>((int)Math.Min(BufferBytes, file.Length));
        long size = 0;
        for (int read; buffer.Length > 0 && (read = file.Read(buffer, 0, buffer.Length)) > 0; size += read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            target?.Write(buffer, 0, read);
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
