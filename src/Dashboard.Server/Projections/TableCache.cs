using System.Globalization;
using Dashboard.Storage;
using Dashboard.Tensors;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>
/// Tables of text turned into numbers once, in the data folder under the hash of the text. Whatever is here can be made again, so the oldest goes when it becomes much.
/// </summary>
internal sealed class TableCache(IOptions<StorageOptions> options) : IDisposable
{
    // Some tables of the largest size that is taken; they are read through the page cache, not memory.
    private const long MostBytes = 8L << 30;

    // One at a time: parsing takes a core, and the rest are the requests'.
    private readonly SemaphoreSlim _parsing = new(1);

    private string Folder => Path.Combine(Path.GetFullPath(options.Value.DataFolder), "cache", "tables");

    /// <summary>The numbers of a table, float32 row after row.</summary>
    /// <param name="source">The text.</param>
    /// <param name="sha256">Hash of its content.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="TensorFileException">The text is no table of numbers.</exception>
    public async Task<(string Path, TensorEntry Entry)> OpenAsync(string source, string sha256, CancellationToken cancellation)
    {
        if (Find(sha256) is { } known)
            return known;
        await _parsing.WaitAsync(cancellation);
        try
        {
            return Find(sha256) ?? await ConvertAsync(source, sha256, cancellation);
        }
        finally
        {
            _parsing.Release();
        }
    }

    public void Dispose() => _parsing.Dispose();

    private async Task<(string Path, TensorEntry Entry)> ConvertAsync(string source, string sha256, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        var unfinished = Path.Combine(Folder, $"{sha256}.part");
        try
        {
            (int Rows, int Columns) size;
            await using (var text = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true))
            await using (var numbers = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
                size = await TextTable.ConvertAsync(text, numbers, cancellation);
            var finished = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{sha256}.{size.Rows}x{size.Columns}.f32"));
            File.Move(unfinished, finished, overwrite: true);
            Shrink(finished);
            return (finished, Entry(size.Rows, size.Columns));
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private (string Path, TensorEntry Entry)? Find(string sha256)
    {
        if (!Directory.Exists(Folder))
            return null;
        foreach (var path in Directory.EnumerateFiles(Folder, $"{sha256}.*.f32"))
        {
            var size = Path.GetFileName(path).Split('.')[1].Split('x');
            return (path, Entry(int.Parse(size[0], CultureInfo.InvariantCulture), int.Parse(size[1], CultureInfo.InvariantCulture)));
        }
        return null;
    }

    private void Shrink(string newest)
    {
        var files = new DirectoryInfo(Folder).GetFiles("*.f32").OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        long bytes = 0;
        foreach (var file in files)
        {
            bytes += file.Length;
            if (bytes > MostBytes && file.FullName != newest)
                file.Delete();
        }
    }

    private static TensorEntry Entry(int rows, int columns) => new(TensorType.Float32, [rows, columns], 0, sizeof(float) * (long)rows * columns);
}
