namespace Dashboard.Storage;

/// <summary>The folder that holds everything, locked against a second process for as long as this lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            FolderSync.Create(Path);
            // Somebody else in this process may have made it first, for a log file say, and its name is what everything hangs on.
            FolderSync.FlushAbove(Path);
            FolderSync.Create(Artifacts);
            // An exclusive lock of the operating system: it goes with the process, however that ends.
            _lock = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // What others may read of a folder that exists is its owner's decision; a new one holds hashes of passwords and keys.
            if (!OperatingSystem.IsWindows() && !File.Exists(Database))
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (IOException failure)
        {
            throw new StoreStoppedException($"The data folder {Path} cannot be used: is another server using it? ({failure.Message})", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new StoreStoppedException($"The data folder {Path} cannot be written: {failure.Message}", failure);
        }
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "lossboard.db");

    public string Artifacts => System.IO.Path.Combine(Path, "artifacts");

    /// <summary>Held while an artifact's file gets its final name and its row, and while rows and files go: a file is never deleted between the two.</summary>
    public SemaphoreSlim ArtifactNames { get; } = new(1);

    public void Dispose()
    {
        _lock.Dispose();
        ArtifactNames.Dispose();
    }
}
