using System.Text.RegularExpressions;

namespace Dashboard.Architecture.Tests;

/// <summary>Rules over the text of the sources. Each test lists every file that breaks its rule.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;

    private static readonly string[] Code = [".cs", ".razor", ".js", ".mjs", ".css", ".py", ".sh"];

    [Fact]
    public void Sources_AreShortEnoughToReadInOneSitting()
    {
        var tooLong = Repository.FilesIn("", Code)
            .Where(path => !IsGenerated(path))
            .Select(path => (path, Lines: Repository.ReadLines(path).Length))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.path}: {file.Lines} lines");

        Rule.Holds(tooLong);
    }

    [Fact]
    public void ChartLibraries_AreNamedOnlyByTheChartModule()
    {
        string[] roots = ["src/", "wwwroot/"];
        var named = roots.SelectMany(root => Repository.FilesIn(root, ".cs", ".razor", ".js", ".mjs", ".css", ".html", ".csproj", ".json", ".resx"))
            .Where(path => !path.StartsWith("wwwroot/js/charts/", StringComparison.Ordinal))
            .Where(path => ChartLibrary().IsMatch(Repository.Read(path)));

        Rule.Holds(named);
    }

    [Fact]
    public void Web_KnowsNoStore()
    {
        var named = Repository.FilesIn("src/Dashboard.Web/", ".cs", ".razor", ".csproj").Where(path => Store().IsMatch(Repository.Read(path)));

        Rule.Holds(named);
    }

    [Fact]
    public void Rooms_KeepOneNamespaceEach()
    {
        var strays =
            from room in Room.All
            from path in Repository.FilesIn($"src/{room.Project}/", ".cs")
            where !IsGenerated(path)
            from Match match in Namespace().Matches(Repository.Read(path))
            where match.Groups["name"].Value != room.Project || match.Groups["end"].Value != ";"
            select $"{path}: {match.Value.Trim()}";

        Rule.Holds(strays);
    }

    [Fact]
    public void PublicTypes_HaveAFileEach()
    {
        var crowded =
            from path in Repository.FilesIn("src/", ".cs")
            where !IsGenerated(path)
            let types = PublicType().Matches(Repository.Read(path)).Select(match => match.Groups["name"].Value).Distinct().ToList()
            let file = Path.GetFileName(path).Split('.')[0]
            // A base exception and its kinds are one thing to read.
            where types.Exists(type => type != file && !(type.EndsWith("Exception", StringComparison.Ordinal) && types[0] == file))
            select $"{path}: {string.Join(", ", types)}";

        Rule.Holds(crowded);
    }

    [Fact]
    public void Files_NameNoMachineAndNoRegistry()
    {
        // The patterns are put together here so that this file does not break its own rule.
        string[] folders = ["work", "farm", "root"];
        string[] hosts = ["nuget" + "[.]org", "npm" + "js[.]", "deb" + "[.]debian", "pypi" + "[.]org", "pythonhosted" + "[.]org"];
        var forbidden = new Regex($"(?<![A-Za-z0-9_.\\-/}}])/({string.Join('|', folders)})/|https?://[^ ]*({string.Join('|', hosts)})");
        var named =
            from path in Repository.Files
            where Repository.IsText(path)
            from line in Repository.ReadLines(path).Select((text, index) => (text, Number: index + 1))
            where forbidden.IsMatch(line.text)
            select $"{path}:{line.Number}: {line.text.Trim()}";

        Rule.Holds(named);
    }

    [Fact]
    public void Sources_LeaveNothingForLater()
    {
        var marker = new Regex("\\b(" + "TO" + "DO|FIX" + "ME|HA" + "CK|X" + "XX)\\b");
        var unfinished = Repository.FilesIn("", [.. Code, ".csproj", ".props", ".targets", ".json"]).Where(path => marker.IsMatch(Repository.Read(path)));

        Rule.Holds(unfinished);
    }

    [Fact]
    public void Scripts_Parse()
    {
        var scripts = Repository.Files.Where(path => path.EndsWith(".sh", StringComparison.Ordinal) || path == ".ci/run").ToList();

        Assert.Contains("run.sh", scripts);
        Assert.Contains("test.sh", scripts);
        foreach (var script in scripts)
        {
            var (exitCode, output) = Repository.Run("bash", "-n", script);
            Assert.True(exitCode == 0, $"{script}: {output}");
        }
    }

    private static bool IsGenerated(string path) => path.Contains("/Migrations/", StringComparison.Ordinal);

    [GeneratedRegex("uplot|plotly", RegexOptions.IgnoreCase)]
    private static partial Regex ChartLibrary();

    [GeneratedRegex(@"\bDbContext\b|Dashboard\.Storage")]
    private static partial Regex Store();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)(?<end>;?)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|ref|unsafe) )*(?:class|interface|enum|delegate [\w<>\[\]?,. ]+?|record(?: struct| class)?|struct) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
