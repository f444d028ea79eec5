namespace Dashboard.Benchmarks;

/// <summary>A fresh folder for a server's data, deleted at the end.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lossboard-benchmark-").FullName;

    /// <summary>Sum of the lengths of all files.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
