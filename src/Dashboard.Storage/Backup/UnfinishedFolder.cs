namespace Dashboard.Storage;

/// <summary>A folder that is made beside its final name and gets that name when it is whole; whatever ends it before leaves nothing that looks whole.</summary>
internal sealed class UnfinishedFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    /// <summary>Name of the file that says so, and is locked by whoever writes the folder.</summary>
    public const string Marker = "unfinished";

    private readonly string _final;
    private readonly FileStream _lock;
    private bool _finished;

    /// <summary>Begins a folder; what an earlier try that was killed left behind is removed.</summary>
    /// <exception cref="BackupRefusedException">The final name is taken by something that is not an empty folder, or another process is making it.</exception>
    public UnfinishedFolder(string final)
    {
        _final = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(final));
        Path = _final + ".unfinished";
        if (File.Exists(_final)) throw new BackupRefusedException($"{_final} is a file; a folder is made there.");
        if (Directory.Exists(_final) && Directory.EnumerateFileSystemEntries(_final).Any())
            throw new BackupRefusedException($"{_final} holds something already: name a folder that does not exist yet, or an empty one.");
        var marker = System.IO.Path.Combine(Path, Marker);
        if (Directory.Exists(Path) && !File.Exists(marker) && Directory.EnumerateFileSystemEntries(Path).Any())
            throw new BackupRefusedException($"{Path} is in the way and was not made by Lossboard: move it, or choose another name.");
        // It will hold keys and hashes of passwords, whatever the mode of the folder it came from.
        Directory.CreateDirectory(Path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, OwnerOnly);
        try
        {
            _lock = new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new BackupRefusedException($"{Path} is being written by another process.", taken);
        }

        foreach (var folder in Directory.EnumerateDirectories(Path)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Path).Where(file => file != marker)) File.Delete(file);
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <summary>Makes the folder that a file is to be written into.</summary>
    /// <returns>The file's whole path.</returns>
    public string Place(string relative)
    {
        var path = System.IO.Path.Combine(Path, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Gives the folder its final name, once everything in it is on the disk.</summary>
    public void Finish()
    {
        FolderSync.FlushAll(Path);
        // Throws where something has come into it meanwhile.
        if (Directory.Exists(_final)) Directory.Delete(_final);
        Directory.Move(Path, _final);
        // After the name: a kill before it leaves a folder that the next try may clear away, one after it a file that harms nobody.
        File.Delete(System.IO.Path.Combine(_final, Marker));
        FolderSync.FlushAll(_final);
        _finished = true;
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (!_finished && Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
