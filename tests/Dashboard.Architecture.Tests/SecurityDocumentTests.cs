using System.Text.RegularExpressions;

namespace Dashboard.Architecture.Tests;

/// <summary>What SECURITY.md promises is tested by what it names.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string Document = Repository.Read("SECURITY.md");

    [Fact]
    public void Tests_ThatAreNamed_Exist()
    {
        var named = Tests().Matches(Document).Select(match => match.Value).ToHashSet();
        var there = Repository.FilesIn("tests/", ".cs").Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.True(named.Count > 30);
        Rule.Holds(named.Where(name => !there.Contains(name)));
    }

    [Fact]
    public void Threats_All_NameATest()
    {
        var rows = Document.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Count(c => c == '|') == 4)
            .Where(line => !line.StartsWith("| threat ", StringComparison.Ordinal)).ToList();

        Assert.True(rows.Count > 30);
        Rule.Holds(rows.Where(row => !Tests().IsMatch(row.Split('|')[3])));
    }

    [GeneratedRegex(@"\b[A-Z]\w+Tests\b")]
    private static partial Regex Tests();
}
