namespace Dashboard.Architecture.Tests;

/// <summary>A rule that holds for everything, or a list of everything that breaks it (xunit's own collection asserts stop after five).</summary>
internal static class Rule
{
    public static void Holds(IEnumerable<string> broken)
    {
        var list = broken.ToList();
        Assert.True(list.Count == 0, $"{list.Count} broken:{Environment.NewLine}{string.Join(Environment.NewLine, list)}");
    }
}
