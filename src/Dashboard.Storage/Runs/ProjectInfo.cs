namespace Dashboard.Storage;

/// <summary>A project and what it holds.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Created">Seconds since the Unix epoch.</param>
/// <param name="Updated">Last change of any run in it, seconds since the Unix epoch.</param>
/// <param name="Runs">Runs outside the trash.</param>
/// <param name="Running">Of these, how many say they are running.</param>
public sealed record ProjectInfo(string Name, double Created, double Updated, int Runs, int Running);
