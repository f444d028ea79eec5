namespace Dashboard.Architecture.Tests;

/// <summary>Arrows between rooms as the project files draw them.</summary>
public sealed class RoomTests
{
    public static TheoryData<string> Names => Room.Names;

    [Fact]
    public void Table_AndFolders_NameTheSameRooms()
    {
        var projects = Repository.FilesIn("src/", ".csproj");

        Assert.Equal(Room.All.Select(room => room.ProjectPath).Order(StringComparer.Ordinal), projects);
    }

    [Fact]
    public void Table_Arrows_MakeNoCircle()
    {
        var placed = new HashSet<string>();
        while (Room.All.FirstOrDefault(room => !placed.Contains(room.Name) && room.Rooms.All(placed.Contains)) is { } next) placed.Add(next.Name);

        Assert.Equal(Room.All.Select(room => room.Name).Order(), placed.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Project_References_StayWithinItsArrows(string name)
    {
        var room = Room.Named(name);
        var allowed = room.Rooms.Select(other => Room.Named(other).Project);

        Rule.Holds(ProjectFile.Load(room.ProjectPath).Projects.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Project_Packages_AreThoseOfTheTable(string name)
    {
        var room = Room.Named(name);

        Rule.Holds(ProjectFile.Load(room.ProjectPath).ShippedPackages.Except(room.Packages));
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = Repository.Read("Dashboard.sln").Replace('\\', '/');

        Rule.Holds(Repository.FilesIn("", ".csproj").Where(path => !solution.Contains($"\"{path}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rooms_HaveATestProjectEach()
    {
        // Contracts is data alone; Web is markup and modules, tested where they run: in Server's tests, under tests/js and in Chromium.
        string[] testedElsewhere = ["Contracts", "Web"];
        var missing = Room.All.Select(room => room.Name).Except(testedElsewhere)
            .Where(name => !Repository.Files.Contains($"tests/Dashboard.{name}.Tests/Dashboard.{name}.Tests.csproj"));

        Rule.Holds(missing);
    }
}
