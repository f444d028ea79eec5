using System.Text.RegularExpressions;
using Dashboard.Web;

namespace Dashboard.Server.Tests;

public sealed partial class PageTextsTests
{
    [Fact]
    public void Languages_All_HaveTheSameKeysAndPlaceholders()
    {
        var english = PageTexts.All[0];
        foreach (var other in PageTexts.All.Skip(1))
        {
            Assert.Empty(english.Keys.Except(other.Keys));
            Assert.Empty(other.Keys.Except(english.Keys));
            var differing = english.Keys.Where(key => !Names(english[key]).SetEquals(Names(other[key])));
            Assert.Empty(differing);
            Assert.DoesNotContain(other.Keys, key => string.IsNullOrWhiteSpace(other[key]));
        }
    }

    [Theory]
    [InlineData(null, null, "en")]
    [InlineData("zh", "en-US,en;q=0.9", "zh")]
    [InlineData("en", "zh-CN,zh;q=0.9", "en")]
    [InlineData("klingon", "zh-CN,zh;q=0.9", "zh")]
    [InlineData(null, "de-DE,de;q=0.9,zh-TW;q=0.5,en;q=0.3", "zh")]
    [InlineData(null, ";;,,q=,*", "en")]
    public void For_AReader_IsWhatWasChosenElseWhatTheBrowserPrefers(string? chosen, string? accepted, string language) =>
        Assert.Equal(language, PageTexts.For(chosen, accepted).Language);

    private static HashSet<string> Names(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
