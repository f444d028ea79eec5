using System.Xml.Linq;

namespace Dashboard.Architecture.Tests;

/// <summary>What a project or props file refers to.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument _xml;

    private ProjectFile(string path)
    {
        Path = path;
        _xml = XDocument.Load(System.IO.Path.Combine(Repository.Root, path));
    }

    public string Path { get; }

    /// <summary>Names of the projects it references; a pattern stays a pattern.</summary>
    public IEnumerable<string> Projects =>
        Includes("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));

    public IEnumerable<string> Packages => Includes("PackageReference").Concat(Includes("PackageDownload"));

    /// <summary>Packages that become part of what is built from it; those with private assets only help to build.</summary>
    public IEnumerable<string> ShippedPackages =>
        _xml.Descendants("PackageReference")
            .Where(item => (string?)item.Attribute("PrivateAssets") != "all")
            .Select(item => (string?)item.Attribute("Include")).OfType<string>();

    public IEnumerable<string> PackageVersions => Includes("PackageVersion");

    /// <summary>Package references that name a version of their own instead of the central one.</summary>
    public IEnumerable<string> OwnVersions =>
        _xml.Descendants("PackageReference")
            .Where(item => item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null || item.Element("Version") is not null)
            .Select(item => (string?)item.Attribute("Include") ?? "?");

    public static ProjectFile Load(string path) => new(path);

    /// <summary>Every project and the files MSBuild imports into them.</summary>
    public static IEnumerable<ProjectFile> All() => Repository.FilesIn("", ".csproj", ".props", ".targets").Select(Load);

    private IEnumerable<string> Includes(string item) =>
        _xml.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
