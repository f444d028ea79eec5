using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace Dashboard.Web;

/// <summary>
/// Which modules a page's module needs, found by reading their <c>import</c> statements. Named in the page's head, they are fetched at once instead
/// of one level of imports after the other.
/// </summary>
public sealed partial class ModuleGraph(IWebHostEnvironment environment)
{
    // A page of ours has below a hundred; this only bounds a mistake.
    private const int MaxModules = 500;

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _graphs = new(StringComparer.Ordinal);

    /// <summary>Addresses, relative to the base, of the module and everything it imports statically, nearest first; empty where there is no such file.</summary>
    public IReadOnlyList<string> Of(string module) => _graphs.GetOrAdd(module, Walk);

    private List<string> Walk(string root)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { root };
        var next = new Queue<string>([root]);
        while (next.TryDequeue(out var path) && found.Count < MaxModules)
        {
            var file = environment.WebRootFileProvider.GetFileInfo(path);
            if (!file.Exists)
            {
                continue;
            }

            found.Add(path);
            foreach (Match import in Import().Matches(Read(file)))
            {
                var target = new Uri(new Uri($"http://localhost/{path}"), import.Groups["target"].Value).AbsolutePath.TrimStart('/');
                if (seen.Add(target))
                {
                    next.Enqueue(target);
                }
            }
        }

        return found;
    }

    private static string Read(IFileInfo file)
    {
        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }

    // Static imports and re-exports of relative files; import(…) has no `from` and begins no statement with a quoted name.
    [GeneratedRegex("""^(?:import|export)\s+(?:[^'"();]*?\sfrom\s+)?['"](?<target>\.{1,2}/[^'"]+)['"]""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Import();
}
