using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>A run as the catalogue holds it.</summary>
/// <param name="Info">The run without its configuration's text and summary, its notes cut.</param>
/// <param name="Config">Its configuration; null where memory had no room, and it is read when a request needs it.</param>
/// <param name="Bytes">Rough bytes of memory.</param>
internal sealed record CatalogueRun(RunInfo Info, ConfigValues? Config, long Bytes);
