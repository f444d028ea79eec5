using System.Diagnostics;

namespace Dashboard.Faults.Tests;

/// <summary>A file system in memory of a fixed size, which can be filled to its last byte. Needs the right to mount: root, or <c>unshare -rm</c> around the tests.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lossboard-full-").FullName;

    /// <exception cref="InvalidOperationException">This process may not mount: the test cannot show what it is for, and says so by failing.</exception>
    public Tmpfs(int mebibytes)
    {
        var (code, output) = Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "lossboard-faults", _folder);
        if (code == 0)
            return;
        Directory.Delete(_folder);
        throw new InvalidOperationException(
            $"A full disk can only be tried on a small file system of its own, and mounting one failed ({output.Trim()}). Run the tests as root, or inside 'unshare -rm'.");
    }

    public string Data => Path.Combine(_folder, "data");

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        // Halving blocks, so that not even a page stays free; unbuffered, so that the error comes where the write is.
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, 0);
        for (var size = 1 << 20; size >= 512; size /= 2)
        {
            var block = new byte[size];
            try
            {
                while (true)
                    file.Write(block);
            }
            catch (IOException)
            {
                // No block of this size fits any more.
            }
        }
    }

    /// <summary>Gives the space back that <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        // Lazy: a process that is just ending may still hold a file.
        Run("umount", "-l", _folder);
        Directory.Delete(_folder);
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
