using System.IO.Compression;

namespace Dashboard.Client;

/// <summary>Tells TorchScript from other files that PyTorch writes.</summary>
internal static class TorchScriptFile
{
    /// <summary>
    /// The stream itself, at its start. One that cannot be rewound is not looked into, nor one that stands elsewhere: the places in an archive count from the start.
    /// </summary>
    /// <exception cref="ArgumentException">It is no TorchScript file.</exception>
    public static Stream Check(Stream content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.CanSeek || content.Position != 0)
            return content;
        try
        {
            using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            // What torch.save writes is an archive as well, of a pickle and without code.
            if (archive.Entries.Any(entry => entry.FullName.Contains("/code/", StringComparison.Ordinal)))
                return content;
        }
        catch (InvalidDataException)
        {
            // Said below, like an archive without code.
        }
        finally
        {
            content.Position = 0;
        }

        throw new ArgumentException("this is no TorchScript file; torch.jit.script(module).save(path) writes one, torch.save does not");
    }
}
