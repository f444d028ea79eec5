namespace Dashboard.Architecture.Tests;

/// <summary>One room under src/: which rooms and which packages it may use.</summary>
/// <param name="Name">Project name without the leading <c>Dashboard.</c>.</param>
/// <param name="Rooms">Rooms it may know.</param>
/// <param name="Packages">Packages it may reference directly.</param>
/// <param name="Web">Whether it may use types of ASP.NET Core; every room may use the framework's hosting and logging abstractions.</param>
internal sealed record Room(string Name, string[] Rooms, string[] Packages, bool Web)
{
    /// <summary>The house: every room, with its arrows. A room that is not here must not exist, and one that is here must.</summary>
    public static readonly IReadOnlyList<Room> All =
    [
        new("Contracts", Rooms: [], Packages: [], Web: false),
        new("Series", Rooms: [], Packages: [], Web: false),
        new("Analysis", Rooms: [], Packages: ["System.Numerics.Tensors"], Web: false),
        new("Tensors", Rooms: ["Analysis"], Packages: [], Web: false),
        new("Torch", Rooms: ["Analysis", "Tensors"], Packages: ["System.Numerics.Tensors"], Web: false),
        new("Worker", Rooms: ["Analysis", "Contracts", "Tensors", "Torch"], Packages: [], Web: false),
        new("Storage",
            Rooms: ["Series"],
            Packages: ["Microsoft.EntityFrameworkCore.Sqlite.Core", "SQLitePCLRaw.core", "SQLitePCLRaw.provider.e_sqlite3"],
            Web: false),
        new("Web", Rooms: ["Contracts"], Packages: [], Web: true),
        new("Server",
            Rooms: ["Analysis", "Contracts", "Series", "Storage", "Tensors", "Web"],
            Packages:
            [
                "Microsoft.AspNetCore.Authentication.OpenIdConnect", "Microsoft.AspNetCore.OpenApi", "Serilog", "Serilog.Extensions.Logging", "Serilog.Settings.Configuration",
                "Serilog.Sinks.Console", "Serilog.Sinks.File",
            ],
            Web: true),
        new("Client", Rooms: ["Contracts"], Packages: [], Web: false),
    ];

    /// <summary>Libraries that belong to one room alone, by the start of their assembly names.</summary>
    public static readonly IReadOnlyDictionary<string, string> Owners = new Dictionary<string, string>
    {
        ["Microsoft.EntityFrameworkCore"] = "Storage",
        ["Microsoft.Data.Sqlite"] = "Storage",
        ["SQLitePCLRaw"] = "Storage",
        ["Serilog"] = "Server",
        ["Microsoft.OpenApi"] = "Server",
        ["Microsoft.IdentityModel"] = "Server",
    };

    public string Project => $"Dashboard.{Name}";

    public string ProjectPath => $"src/{Project}/{Project}.csproj";

    public static TheoryData<string> Names => [.. All.Select(room => room.Name)];

    public static Room Named(string name) => All.Single(room => room.Name == name);
}
