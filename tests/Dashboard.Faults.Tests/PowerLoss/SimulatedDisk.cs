namespace Dashboard.Faults.Tests;

/// <summary>
/// A disk that follows a log and can be cut off from its power at any record. As little as POSIX promises is taken for granted: a sync makes the content
/// of a file durable but not its name, a name is durable when its folder was synced, a sector of 512 bytes is written whole or not at all.
/// </summary>
internal sealed class SimulatedDisk(string root)
{
    private readonly SimulatedFolder _root = new();
    private readonly Dictionary<ulong, SimulatedFile> _files = [];
    private readonly Dictionary<ulong, SimulatedFolder> _folders = [];

    public void Apply(DiskRecord record)
    {
        switch (record.Call)
        {
            case 'C':
                Add(record.Path, _files[record.Inode] = new SimulatedFile());
                break;
            case 'M':
                Add(record.Path, _folders[record.Inode] = new SimulatedFolder());
                break;
            case 'W':
                _files[record.Inode].Write(record.Offset, record.Data);
                break;
            case 'T':
                _files[record.Inode].SetLength(record.Offset);
                break;
            case 'S':
                _files[record.Inode].Sync();
                break;
            case 'D':
                // The root's own inode is known to nobody else.
                _folders.GetValueOrDefault(record.Inode, _root).Sync();
                break;
            case 'R':
                Rename(record.Path, record.Text);
                break;
            case 'L':
                Add(record.Text, Find(record.Path));
                break;
            case 'U':
                FolderOf(record.Path).Change((Path.GetFileName(record.Path), null));
                break;
            case 'N':
                break;
            default:
                throw new InvalidOperationException($"The recorder met what it cannot record: {record.Call} {record.Path}");
        }
    }

    /// <summary>Lays out in <paramref name="folder"/> what is there when the power returns.</summary>
    public void WriteAfter(PowerLoss loss, Random random, string folder) => Write(_root.After(loss, random), loss, random, folder);

    private static void Write(Dictionary<string, object> names, PowerLoss loss, Random random, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in names.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, name);
            if (content is SimulatedFolder below)
            {
                Write(below.After(loss, random), loss, random, path);
                continue;
            }
            using var file = File.Create(path);
            if (name.EndsWith("-shm", StringComparison.Ordinal))
                // Shared memory, written by mapping and never synced: anything may be in it.
                file.Write(Noise(random, 32 << 10));
            else
                ((SimulatedFile)content).After(loss, random).WriteTo(file);
        }
    }

    private void Rename(string from, string to)
    {
        var (source, target, content) = (FolderOf(from), FolderOf(to), Find(from));
        if (source == target)
        {
            source.Change((Path.GetFileName(from), null), (Path.GetFileName(to), content));
            return;
        }
        // Of two folders one may be durable without the other.
        target.Change((Path.GetFileName(to), content));
        source.Change((Path.GetFileName(from), null));
    }

    private void Add(string path, object content) => FolderOf(path).Change((Path.GetFileName(path), content));

    private object Find(string path) => FolderOf(path).Now[Path.GetFileName(path)];

    private SimulatedFolder FolderOf(string path)
    {
        var folder = _root;
        foreach (var name in Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Split('/').Where(name => name != "."))
            folder = (SimulatedFolder)folder.Now[name];
        return folder;
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
