using System.Runtime.InteropServices;

namespace Dashboard.Worker;

/// <summary>A second name for a file.</summary>
internal static partial class HardLink
{
    /// <summary>False where the file system, or a rule of the machine, does not allow it.</summary>
    public static bool TryCreate(string existing, string name) => Create(existing, name) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string existing, string name);
}
