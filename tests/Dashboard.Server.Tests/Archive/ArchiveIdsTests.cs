namespace Dashboard.Server.Tests;

public sealed class ArchiveIdsTests
{
    private const string Run = "00112233445566aa";
    private const string Other = "ffeeddccbbaa9988";
    private const string View = "00112233445566aa00112233445566bb";

    [Theory]
    [InlineData("/scalars?runs=" + Run + "%2C" + Other, "/scalars?runs=~run.1~%2C~run.2~")]
    [InlineData(Run + Other, "~run.1~~run.2~")]
    [InlineData(View, "~view.1~")]
    [InlineData("a" + Run, "a~run.1~")]
    [InlineData("00112233445566ab", "00112233445566ab")]
    [InlineData("~run.1~", "~~run.1~~")]
    [InlineData("~run.1" + Run, "~~run.1~run.1~")]
    [InlineData("?project=a+b%2Fc&x", "?project=~project~&x")]
    [InlineData("?project=a%20b%2Fc", "?project=~project~")]
    [InlineData("?project=other", "?project=other")]
    [InlineData("~project~", "~~project~~")]
    [InlineData("", "")]
    public void Outward_AndBack_GivesPlacesAndTheText(string text, string places)
    {
        var ids = Ids("a b/c", Run, Other, View);

        Assert.Equal(places, ids.Outward(text));
        Assert.Equal(text.Replace("a+b", "a%20b", StringComparison.Ordinal), ids.Inward(places));
    }

    [Fact]
    public void Inward_WithOtherIds_GivesThese()
    {
        var there = Ids("new name", "1111111111111111", "2222222222222222", "3333333333333333");

        Assert.Equal("?project=new%20name&runs=1111111111111111,2222222222222222&v=3333333333333333", there.Inward("?project=~project~&runs=~run.1~,~run.2~&v=~view.1~"));
        Assert.Equal("~run.3~", there.Inward("~run.3~"));
    }

    [Fact]
    public void Outward_AnyText_ComesBack()
    {
        var ids = Ids("p", Run, Other, View);
        var parts = new[] { Run, Other, View, "~", "=", "run.1", "~run.1~", "~=view.1~", "project", "~project~", "?project=", "p", "q", "%2C", "a", "0", "\"", "猫", " " };
        var random = new Random(5);
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.Equal(text, ids.Inward(ids.Outward(text)));
        }
    }

    private static ArchiveIds Ids(string project, string run, string other, string view)
    {
        var ids = new ArchiveIds();
        ids.AddProject(project);
        ids.Add("run", [run, other]);
        ids.Add("view", [view]);
        return ids;
    }
}
