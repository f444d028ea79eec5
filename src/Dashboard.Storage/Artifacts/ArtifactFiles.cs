using System.Security.Cryptography;

namespace Dashboard.Storage;

/// <summary>Files under the hash of their content: <c>artifacts/ab/ab12…</c>. A file that a row names is whole and on the disk, and so is its name.</summary>
internal static class ArtifactFiles
{
    private const int CopyBytes = 1 << 17;
    private const string Unfinished = "unfinished-";

    public static string PathOf(DataFolder folder, string sha256) => Path.Combine(folder.Artifacts, sha256[..2], sha256);

    /// <summary>Streams content to the disk under a name that does not count yet.</summary>
    /// <exception cref="StoreFullException">The disk is full; nothing is left behind.</exception>
    public static async Task<(string Unfinished, string Sha256, long Size)> WriteAsync(
        DataFolder folder, StorageHealth health, Stream content, CancellationToken cancellation)
    {
        var unfinished = Path.Combine(folder.Artifacts, Unfinished + Path.GetRandomFileName());
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                var buffer = new byte[CopyBytes];
                for (int read; (read = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0; size += read)
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                }

                file.Flush(flushToDisk: true);
            }

            return (unfinished, Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        catch (Exception failure)
        {
            File.Delete(unfinished);
            if (health.IsFull(failure)) throw new StoreFullException(failure);
            throw;
        }
    }

    /// <summary>A file without a name that counts, which goes when it is closed.</summary>
    public static FileStream CreateTemporary(DataFolder folder) => new(
        Path.Combine(folder.Artifacts, Unfinished + Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);

    /// <summary>Gives written content its final name, which is on the disk when this returns: a row may name it. The same content is kept once.</summary>
    /// <exception cref="StoreFullException">The disk is full; nothing is left behind.</exception>
    public static void Finish(DataFolder folder, StorageHealth health, string unfinished, string sha256)
    {
        var path = PathOf(folder, sha256);
        var parent = Path.GetDirectoryName(path)!;
        try
        {
            FolderSync.Create(parent);
            File.Move(unfinished, path, overwrite: true);
            FolderSync.Flush(parent);
        }
        catch (Exception failure)
        {
            File.Delete(unfinished);
            if (health.IsFull(failure)) throw new StoreFullException(failure);
            throw;
        }
    }

    public static void Remove(DataFolder folder, IReadOnlyList<string> hashes)
    {
        foreach (var hash in hashes) File.Delete(PathOf(folder, hash));
    }

    /// <summary>Removes what uploads that were cut off by the end of a process left behind.</summary>
    public static void RemoveUnfinished(DataFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Artifacts, Unfinished + "*")) File.Delete(file);
    }
}
