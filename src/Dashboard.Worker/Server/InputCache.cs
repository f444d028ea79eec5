using System.Security.Cryptography;

namespace Dashboard.Worker;

/// <summary>Files of the server by the hash of their content, which is checked. Bounded; what was used least recently goes first.</summary>
internal sealed class InputCache
{
    // Some dozens of checkpoints of a network with 50 million parameters.
    private const long MostBytes = 8L << 30;

    private readonly string _folder;
    private readonly long _mostBytes;
    private readonly TimeProvider _time;

    /// <summary>Opens the cache in a folder, which is made where it is missing.</summary>
    public InputCache(string scratch, TimeProvider time, long mostBytes = MostBytes)
    {
        (_folder, _mostBytes, _time) = (Path.Combine(scratch, "inputs"), mostBytes, time);
        Directory.CreateDirectory(_folder);
        // Models of everybody's jobs: no other user of this machine has to read them.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var left in Directory.EnumerateFiles(_folder, "*.part"))
        {
            // One that another worker writes just now is younger.
            if (_time.GetUtcNow() - File.GetLastWriteTimeUtc(left) > TimeSpan.FromHours(1)) File.Delete(left);
        }
    }

    /// <summary>Puts an artifact into a folder under a name.</summary>
    /// <returns>The hash of its content.</returns>
    public async Task<string> PlaceAsync(WorkerApi api, string run, string name, string? id, string folder, string file, CancellationToken cancellation)
    {
        var part = Path.Combine(_folder, $"{Guid.NewGuid():N}.part");
        var place = Path.Combine(folder, file);
        try
        {
            var hash = await api.DownloadAsync(run, name, id, known => TryLink(PathOf(known), place), () => new FileStream(part, FileMode.CreateNew), cancellation);
            if (!File.Exists(part)) return hash;
            await CheckAsync(part, hash, name, cancellation);
            File.Move(part, PathOf(hash), overwrite: true);
            if (!TryLink(PathOf(hash), place)) throw new IOException($"The input '{name}' was removed from {_folder} while it was in use.");
            Trim();
            return hash;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private string PathOf(string hash) => Path.Combine(_folder, hash);

    /// <summary>A second name for the same content: an engine's folder shows it, and removing either leaves the other.</summary>
    private bool TryLink(string cached, string place)
    {
        try
        {
            if (!File.Exists(cached)) return false;
            File.SetLastAccessTimeUtc(cached, _time.GetUtcNow().UtcDateTime);
            if (!HardLink.TryCreate(cached, place)) File.Copy(cached, place, overwrite: true);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static async Task CheckAsync(string path, string hash, string name, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        if (found != hash) throw new ServerAwayException($"The download of '{name}' has other content than the server says ({found} for {hash}).");
    }

    private void Trim()
    {
        var files = new DirectoryInfo(_folder).GetFiles().Where(file => file.Extension != ".part").OrderByDescending(file => file.LastAccessTimeUtc).ToList();
        var bytes = 0L;
        foreach (var file in files)
        {
            bytes += file.Length;
            if (bytes > _mostBytes) file.Delete();
        }
    }
}
