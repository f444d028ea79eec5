using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Dashboard.Server;

/// <summary>Keeps the keys that seal sessions in files that their owner alone can read.</summary>
/// <param name="folder">Made with mode 0700 when the first key is stored.</param>
internal sealed class KeyFiles(string folder) : IXmlRepository
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).Select(file => XElement.Load(file))] : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        MakeFolder();
        // The name comes from the framework, a key's id; a file's must not be anything else.
        var name = string.Concat(friendlyName.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
        var path = Path.Combine(folder, (name.Length == 0 ? Guid.NewGuid().ToString("n") : name) + ".xml");
        var unfinished = path + ".tmp";
        var options = new FileStreamOptions { Mode = System.IO.FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode;
        using (var file = new FileStream(unfinished, options))
        {
            element.Save(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        Directory.CreateDirectory(folder, FolderMode);
        // One that was there already, made by hand or by a restore, may be more open.
        File.SetUnixFileMode(folder, FolderMode);
    }
}
