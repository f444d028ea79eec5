using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Client;

/// <summary>
/// The files of one process for one run: <c>{spool}/{server}/{project}/{run}/{writer}/</c>, beside it <c>{writer}.lock</c>, held open for as
/// long as the process lives. The operating system drops the lock with the process, so a folder whose lock can be taken belongs to nobody.
/// </summary>
internal sealed class SpoolFolder : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _server;
    private readonly string _run;
    private readonly string _folder;
    private readonly string _lockFile;
    private FileStream? _lock;
    private long _bytes;
    private bool _closed;

    public SpoolFolder(LossboardOptions options)
    {
        _server = Path.Combine(options.SpoolFolder, Slug(options.Server.GetLeftPart(UriPartial.Path).TrimEnd('/')));
        _run = Path.Combine(_server, Slug(options.Project), Slug(options.Run));
        // Sorted by the time of its start, so that what several dead processes left is replayed in their order.
        Writer = options.Time.GetUtcNow().UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _folder = Path.Combine(_run, Writer);
        _lockFile = _folder + ".lock";
    }

    /// <summary>This process's name within the run: the first part of its idempotency keys.</summary>
    public string Writer { get; }

    /// <summary>Bytes of this process's files.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Where a request's file goes; makes and locks the folder when first called.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string PathFor(RequestKind kind, long number)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_lock is null)
            {
                Directory.CreateDirectory(_run);
                _lock = new FileStream(_lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }

            Directory.CreateDirectory(_folder);
        }

        return Path.Combine(_folder, $"{Prefix(kind)}{number:d12}{SpoolFile.Extension}");
    }

    /// <summary>Counts a file of this process in or, with a negative number, out.</summary>
    public void Account(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Takes over what dead processes left for this run (<paramref name="ownRun"/>) or for any other run on the same server, oldest first.</summary>
    public List<OutgoingRequest> Adopt(bool ownRun, Notifier notifier)
    {
        var found = new List<OutgoingRequest>();
        var runs = ownRun ? Folders(_run, deep: false) : Folders(_server, deep: true).Where(folder => folder != _run);
        foreach (var lockFile in runs.SelectMany(run => Directory.EnumerateFiles(run, "*.lock")).OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            if (lockFile == _lockFile || TryLock(lockFile) is not { } held)
                continue;
            var folder = Path.ChangeExtension(lockFile, null);
            var orphan = new OrphanFolder(folder, lockFile, held);
            var requests = Read(folder, orphan, notifier);
            if (requests.Count == 0)
                orphan.Remove();
            orphan.Add(requests.Count);
            found.AddRange(requests);
        }

        return found;
    }

    /// <summary>Where refused requests and the server's answers to them are kept; made when first asked for.</summary>
    public string RejectedFolder()
    {
        var folder = Path.Combine(_run, "rejected");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Gives the lock back; an empty folder is removed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            if (_lock is null)
                return;
            if (!Directory.Exists(_folder) || !Directory.EnumerateFileSystemEntries(_folder).Any())
                Remove(_folder, _lockFile);
            _lock.Dispose();
        }
    }

    internal static void Remove(string folder, string lockFile)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                // Half-written files were never acknowledged to anybody; a whole one that is still there keeps the folder.
                foreach (var partial in Directory.EnumerateFiles(folder, "*.part"))
                    File.Delete(partial);
                Directory.Delete(folder);
            }

            File.Delete(lockFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty folder that stays is found again, and removed, by the next process.
        }
    }

    private static List<OutgoingRequest> Read(string folder, OrphanFolder orphan, Notifier notifier)
    {
        var requests = new List<OutgoingRequest>();
        foreach (var path in Folders(folder, deep: false).SelectMany(f => Directory.EnumerateFiles(f, "*" + SpoolFile.Extension)).Order(StringComparer.Ordinal))
        {
            try
            {
                using var file = SpoolFile.Open(path, out var header);
                requests.Add(new OutgoingRequest(header, 0) { File = path, FileBytes = file.Length, Orphan = orphan });
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                notifier.Unreadable(path, e);
                SetAside(path);
            }
        }

        return requests;
    }

    private static void SetAside(string path)
    {
        try
        {
            var rejected = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path))!, "rejected");
            Directory.CreateDirectory(rejected);
            File.Move(path, Path.Combine(rejected, Path.GetFileName(Path.GetDirectoryName(path)) + "-" + Path.GetFileName(path)), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was reported; it stays where it is.
        }
    }

    private static IEnumerable<string> Folders(string root, bool deep)
    {
        if (!Directory.Exists(root))
            return [];
        return deep ? Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories) : [root];
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static char Prefix(RequestKind kind) => kind == RequestKind.Artifact ? 'a' : 'e';

    /// <summary>A folder name that a person can read and that is unique: what is plain of the text, then 64 bits of its hash.</summary>
    private static string Slug(string text)
    {
        var plain = new string([.. text.Take(48).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        return plain + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
