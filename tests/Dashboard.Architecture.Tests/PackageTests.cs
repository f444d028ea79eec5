namespace Dashboard.Architecture.Tests;

/// <summary>Versions are pinned in one file, and that file holds nothing else.</summary>
public sealed class PackageTests
{
    [Fact]
    public void CentralVersions_AreAllUsed()
    {
        var used = ProjectFile.All().SelectMany(file => file.Packages).ToHashSet();
        var pinned = ProjectFile.Load("Directory.Packages.props").PackageVersions;

        Rule.Holds(pinned.Where(package => !used.Contains(package)));
    }

    [Fact]
    public void Projects_NameNoVersionOfTheirOwn()
    {
        var own = ProjectFile.All().SelectMany(file => file.OwnVersions.Select(package => $"{file.Path}: {package}"));

        Rule.Holds(own);
    }

    [Fact]
    public void LockFile_NamesEveryPackageOfTheManifest()
    {
        using var manifest = System.Text.Json.JsonDocument.Parse(Repository.Read("package.json"));
        using var locked = System.Text.Json.JsonDocument.Parse(Repository.Read("package-lock.json"));
        var root = locked.RootElement.GetProperty("packages").GetProperty("").GetProperty("dependencies");

        foreach (var package in manifest.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            Assert.Equal(package.Value.GetString(), root.GetProperty(package.Name).GetString());
            Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+$", package.Value.GetString());
        }
    }
}
