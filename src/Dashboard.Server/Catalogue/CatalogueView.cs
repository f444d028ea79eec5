namespace Dashboard.Server;

/// <summary>The runs of a project at one moment, the trash included, in no order. Never changes.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Runs">Its runs.</param>
/// <param name="Paths">Paths of their configurations.</param>
/// <param name="Version">Another number whenever a run came, went, changed its configuration, or went to or from the trash.</param>
/// <param name="Membership">Another number whenever a known run went for good, or to or from the trash.</param>
internal sealed record CatalogueView(string Project, CatalogueRun[] Runs, ConfigPaths Paths, long Version, long Membership);
