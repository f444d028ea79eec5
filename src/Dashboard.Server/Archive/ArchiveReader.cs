using System.IO.Compression;
using System.Text.Json;

namespace Dashboard.Server;

/// <summary>An archive from elsewhere, opened with suspicion: first its list is checked against what an archive may be, then each entry, as it is read, against the manifest.</summary>
internal sealed class ArchiveReader : IAsyncDisposable
{
    // The file type of a symbolic link in the upper half of the attributes, as Unix has it.
    private const int FileType = 0xF000;
    private const int SymbolicLink = 0xA000;

    // Text of numbers packs ten to one, constant columns a few times better. Up to the free bytes anything may be small.
    private const int MostRatio = 200;
    private const long FreeBytes = 256L << 20;
    private const long MostManifestBytes = 256L << 20;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ArchiveEntry> _entries;
    private readonly HashSet<string> _unread;

    private ArchiveReader(ZipArchive zip, Dictionary<string, ArchiveEntry> entries, string project, string content)
    {
        _zip = zip;
        _entries = entries;
        _unread = [.. entries.Keys];
        Project = project;
        Content = content;
    }

    /// <summary>Name that the project had.</summary>
    public string Project { get; }

    /// <summary>Content checksum, which agrees with the entries as the manifest lists them.</summary>
    public string Content { get; }

    /// <summary>Entries by name, without the manifest.</summary>
    public IReadOnlyDictionary<string, ArchiveEntry> Entries => _entries;

    /// <summary>Opens an archive that lies in a stream that seeks.</summary>
    /// <exception cref="ArchiveException">It is none, or not one that is taken in.</exception>
    public static async Task<ArchiveReader> OpenAsync(Stream file, ArchiveCaps caps, CancellationToken cancellation)
    {
        ZipArchive zip;
        await ArchiveTail.CheckAsync(file, caps, cancellation);
        try
        {
            zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
            Check(zip, caps);
        }
        catch (InvalidDataException fault)
        {
            throw new ArchiveException("", $"This is no zip archive, or its end is missing ({fault.Message})");
        }
        try
        {
            var reader = await ReadManifestAsync(zip, cancellation);
            // What the rest is found by, before anything is found by it: a fault there would be told of another entry.
            foreach (var name in ArchiveFormat.Required)
                await reader.ReadAsync(name, stream => stream.CopyToAsync(Stream.Null, cancellation), cancellation);
            return reader;
        }
        catch
        {
            await zip.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads an entry through <paramref name="read"/>, to its end, and compares what was read with the manifest.</summary>
    /// <exception cref="ArchiveException">The entry is missing, damaged or not what it should be.</exception>
    public async Task ReadAsync(string name, Func<Stream, Task> read, CancellationToken cancellation)
    {
        if (!_entries.TryGetValue(name, out var expected))
            throw new ArchiveException(name, "The archive has no such entry.");
        _unread.Remove(name);
        try
        {
            await using var inner = await _zip.GetEntry(name)!.OpenAsync(cancellation);
            await using var stream = new HashingStream(new CappedStream(inner, expected.Size, () => new InvalidDataException("The entry is longer than the manifest says.")));
            await read(stream);
            await stream.CopyToAsync(Stream.Null, cancellation);
            if (stream.Count != expected.Size || stream.Sha256() != expected.Sha256)
                throw new ArchiveException(name, "The entry is damaged: it is not what the manifest says.");
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new ArchiveException(name, fault.Message);
        }
    }

    /// <summary>Reads an entry of lines of JSON.</summary>
    public Task ReadLinesAsync(string name, Func<JsonElement, int, Task> line, CancellationToken cancellation) => ReadAsync(name, async stream =>
    {
        using var lines = new ArchiveLineReader(stream, ArchiveFormat.MostLineBytes);
        var number = 0;
        while (await lines.ReadAsync(cancellation) is { } text)
        {
            number++;
            using var document = Parse(text, number);
            try
            {
                await line(document.RootElement, number);
            }
            catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
            {
                throw new InvalidDataException($"Line {number} is not as it should be: {fault.Message}", fault);
            }
        }
    }, cancellation);

    /// <summary>Refuses an archive that holds what nothing in it refers to: somebody meant it to be found.</summary>
    public void RequireAllRead()
    {
        if (_unread.Count > 0)
            throw new ArchiveException(_unread.Order(StringComparer.Ordinal).First(), "Nothing in the archive refers to this entry.");
    }

    public ValueTask DisposeAsync() => _zip.DisposeAsync();

    private static JsonDocument Parse(ReadOnlyMemory<byte> text, int number)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"Line {number} is no JSON: {fault.Message}", fault);
        }
        throw new InvalidDataException($"Line {number} is no JSON object.");
    }

    private static void Check(ZipArchive zip, ArchiveCaps caps)
    {
        if (zip.Entries.Count > caps.MostEntries)
            throw new ArchiveException("", $"The archive has {zip.Entries.Count} entries, and {caps.MostEntries} is the most.") { IsTooLarge = true };
        var names = new HashSet<string>(StringComparer.Ordinal);
        long packed = 0, unpacked = 0;
        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName;
            if (!ArchiveFormat.IsKnown(name))
                throw new ArchiveException(Shown(name), "An archive of a project has no entry of this name.");
            if (!names.Add(name))
                throw new ArchiveException(name, "The archive has this entry twice.");
            if (((entry.ExternalAttributes >> 16) & FileType) == SymbolicLink)
                throw new ArchiveException(name, "The entry is a symbolic link.");
            if (entry.IsEncrypted)
                throw new ArchiveException(name, "The entry is encrypted.");
            packed += entry.CompressedLength;
            unpacked += entry.Length;
            if (entry.Length < 0 || unpacked < 0 || unpacked > caps.MostUnpackedBytes)
                throw new ArchiveException(name, $"Unpacked, the archive is larger than {caps.MostUnpackedBytes} bytes.") { IsTooLarge = true };
        }
        if (unpacked > FreeBytes + (MostRatio * packed))
            throw new ArchiveException("", $"Unpacked, the archive is {unpacked / Math.Max(1, packed)} times as large as it is: that is no project.") { IsTooLarge = true };
    }

    private static async Task<ArchiveReader> ReadManifestAsync(ZipArchive zip, CancellationToken cancellation)
    {
        if (zip.GetEntry(ArchiveFormat.Manifest) is not { } found)
            throw new ArchiveException(ArchiveFormat.Manifest, "The archive has no manifest: it is none of a project.");
        try
        {
            await using var stream = await found.OpenAsync(cancellation);
            await using var capped = new CappedStream(stream, MostManifestBytes, () => new InvalidDataException($"The manifest is longer than {MostManifestBytes} bytes."));
            using var document = await JsonDocument.ParseAsync(capped, default, cancellation);
            var manifest = document.RootElement;
            if (manifest.GetProperty("format").GetString() != ArchiveFormat.Name)
                throw new InvalidDataException("It is of another format.");
            var version = manifest.GetProperty("version").GetInt32();
            if (version is < 1 or > ArchiveFormat.Version)
                throw new InvalidDataException($"The archive has version {version} of its format; this server reads up to {ArchiveFormat.Version}. Import it with a later version.");
            var entries = new Dictionary<string, ArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in manifest.GetProperty("entries").EnumerateArray())
            {
                var listed = new ArchiveEntry(entry.GetProperty("name").GetString()!, entry.GetProperty("size").GetInt64(), entry.GetProperty("sha256").GetString()!);
                if (!entries.TryAdd(listed.Name, listed))
                    throw new ArchiveException(Shown(listed.Name), "The manifest lists this entry twice.");
            }
            Compare(zip, entries);
            var content = manifest.GetProperty("content").GetString();
            if (content != ArchiveContent.Checksum(entries.Values))
                throw new InvalidDataException("The content checksum does not agree with the entries.");
            return new ArchiveReader(zip, entries, manifest.GetProperty("project").GetString()!, content);
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ArchiveException(ArchiveFormat.Manifest, fault.Message);
        }
    }

    private static void Compare(ZipArchive zip, Dictionary<string, ArchiveEntry> listed)
    {
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName == ArchiveFormat.Manifest)
                continue;
            if (!listed.TryGetValue(entry.FullName, out var expected))
                throw new ArchiveException(entry.FullName, "The manifest does not list this entry.");
            if (entry.Length != expected.Size)
                throw new ArchiveException(entry.FullName, $"The entry has {entry.Length} bytes and the manifest says {expected.Size}.");
        }
        var there = zip.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        if (listed.Keys.FirstOrDefault(name => !there.Contains(name)) is { } missing)
            throw new ArchiveException(Shown(missing), "The manifest lists this entry, and it is missing.");
        if (ArchiveFormat.Required.FirstOrDefault(name => !there.Contains(name)) is { } needed)
            throw new ArchiveException(needed, "The archive has no such entry.");
    }

    // A foreign name in a message: without what a terminal or a page might act on.
    private static string Shown(string name) => new([.. name.Take(100).Select(unit => char.IsControl(unit) || char.IsSurrogate(unit) ? '\uFFFD' : unit)]);
}
