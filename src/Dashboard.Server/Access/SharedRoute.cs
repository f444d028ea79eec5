namespace Dashboard.Server;

/// <summary>Marks an endpoint that share links may use: it shows no more than their runs, tags and report.</summary>
/// <param name="Tags">What a link that is limited to some tags gets of it.</param>
internal sealed record SharedRoute(SharedTags Tags);
