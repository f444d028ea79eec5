namespace Dashboard.Browser.Tests;

/// <summary>All browser tests share one browser and take turns.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserSuite : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
