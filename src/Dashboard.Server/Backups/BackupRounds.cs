using System.Globalization;
using Dashboard.Storage;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>One backup after the other in one folder, and the oldest of them go.</summary>
internal sealed partial class BackupRounds(IOptions<BackupOptions> options, IOptions<StorageOptions> storage, BackupStatus status, TimeProvider clock, ILogger<BackupRounds> logger)
{
    // Only what has such a name is ever deleted: others may keep backups of their own beside.
    private const string Prefix = "lossboard-";
    private const string Stamp = "yyyyMMdd'T'HHmmss'Z'";

    private string Folder => Path.GetFullPath(options.Value.Folder!);

    /// <summary>How long until the next is due, going by those that are there.</summary>
    public TimeSpan UntilDue()
    {
        if (Own().FirstOrDefault() is not { } newest || BackupManifest.TryRead(newest) is not { } manifest)
            return TimeSpan.Zero;
        status.Found(manifest.Created, manifest.Size);
        var due = DateTimeOffset.FromUnixTimeMilliseconds((long)(manifest.Created * 1000)).AddHours(options.Value.EveryHours) - clock.GetUtcNow();
        return due > TimeSpan.Zero ? due : TimeSpan.Zero;
    }

    /// <summary>Makes one and lets the oldest go. Blocks; false where it could not be made, and then nothing goes.</summary>
    public bool Run(CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var to = Path.Combine(Folder, Prefix + clock.GetUtcNow().ToString(Stamp, CultureInfo.InvariantCulture));
        try
        {
            var manifest = new FolderBackup(clock).Run(storage.Value.DataFolder, to, null, cancellation);
            var seconds = clock.GetElapsedTime(began).TotalSeconds;
            status.Succeeded(manifest.Created, seconds, manifest.Size);
            Made(to, manifest.Files.Count, manifest.Size, seconds);
            if (manifest.Missing.Count + manifest.Damaged.Count > 0)
                Incomplete(to, manifest.Missing.Count, manifest.Damaged.Count);
            foreach (var old in Own().Skip(options.Value.Keep))
                Remove(old);
            return true;
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            status.Failed();
            NotMade(to, failure);
            return false;
        }
    }

    private IEnumerable<string> Own() => FolderBackup.All(Folder).Where(path => Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal));

    private void Remove(string backup)
    {
        // First what makes it look whole: a removal that is cut off leaves no backup that lacks files.
        File.Delete(Path.Combine(backup, BackupManifest.FileName));
        Directory.Delete(backup, recursive: true);
        Removed(backup);
    }

    [LoggerMessage(2060, LogLevel.Information, "Backed up to {Folder}: {Files} files, {Bytes} bytes, {Seconds:0.0} s.")]
    private partial void Made(string folder, int files, long bytes, double seconds);

    [LoggerMessage(2061, LogLevel.Error, "The backup {Folder} could not be made; it is tried again.")]
    private partial void NotMade(string folder, Exception failure);

    [LoggerMessage(2062, LogLevel.Warning, "The data folder lost files of {Missing} artifacts and holds {Damaged} damaged ones, so the backup {Folder} does not have them: lossboard verify names them.")]
    private partial void Incomplete(string folder, int missing, int damaged);

    [LoggerMessage(2063, LogLevel.Information, "Removed the old backup {Folder}.")]
    private partial void Removed(string folder);
}
