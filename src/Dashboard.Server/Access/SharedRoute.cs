namespace Dashboard.Server;

/// <summary>Marks an endpoint that share links may use: it shows no more than their runs and tags.</summary>
internal sealed class SharedRoute;
