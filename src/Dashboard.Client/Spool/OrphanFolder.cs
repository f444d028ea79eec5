namespace Dashboard.Client;

/// <summary>What a process that is gone left behind, held under its lock until the last file is sent.</summary>
internal sealed class OrphanFolder(string folder, string lockFile, FileStream held) : IDisposable
{
    private int _remaining;
    private int _closed;

    public string Folder { get; } = folder;

    /// <summary>Counts files in before any of them is handed out.</summary>
    public void Add(int files) => Interlocked.Add(ref _remaining, files);

    /// <summary>One file is done with; the last one removes the folder and its lock.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _remaining) <= 0)
            Close(remove: true);
    }

    /// <summary>Lets go of what is left: the next process takes it over.</summary>
    public void Dispose() => Close(remove: false);

    /// <summary>Removes an empty folder at once.</summary>
    public void Remove() => Close(remove: true);

    private void Close(bool remove)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        if (remove)
            SpoolFolder.Remove(Folder, lockFile);
        held.Dispose();
    }
}
