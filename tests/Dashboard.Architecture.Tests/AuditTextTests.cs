using System.Text.RegularExpressions;

namespace Dashboard.Architecture.Tests;

/// <summary>What the audit log notes has a sentence for people.</summary>
public sealed partial class AuditTextTests
{
    [Theory]
    [InlineData("src/Dashboard.Web/Texts/Audit.resx")]
    [InlineData("src/Dashboard.Web/Texts/Audit.zh.resx")]
    public void Actions_All_HaveWords(string texts)
    {
        var written = Repository.FilesIn("src/Dashboard.Server/", ".cs").Select(Repository.Read)
            .SelectMany(source => Calls().Matches(source)).SelectMany(call => Actions().Matches(call.Value)).Select(action => action.Groups[1].Value).ToHashSet();
        var told = Repository.Read(texts);

        Assert.True(written.Count > 20, string.Join(' ', written));
        Rule.Holds(written.Where(action => !told.Contains($"\"audit.did.{action}\"", StringComparison.Ordinal)));
    }

    // Up to the end of the statement: an action may be one of two.
    [GeneratedRegex(@"udit(Log)?\.WriteAsync\([^;]*;")]
    private static partial Regex Calls();

    [GeneratedRegex("\"([a-z_]+\\.[a-z_]+)\"")]
    private static partial Regex Actions();
}
