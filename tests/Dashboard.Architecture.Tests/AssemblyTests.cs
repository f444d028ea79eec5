using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Dashboard.Architecture.Tests;

/// <summary>Arrows between rooms as the compiler drew them: what each assembly really refers to, however it came by it.</summary>
public sealed class AssemblyTests
{
    public static TheoryData<string> Names => Room.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Assembly_Rooms_StayWithinItsArrows(string name)
    {
        var room = Room.Named(name);
        var used = References(room).Where(reference => reference.StartsWith("Dashboard.", StringComparison.Ordinal));

        Rule.Holds(used.Except(room.Rooms.Select(other => Room.Named(other).Project)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Assembly_Libraries_BelongToItsRoom(string name)
    {
        var foreign = References(Room.Named(name))
            .Where(reference => Room.Owners.Any(owner => reference.StartsWith(owner.Key, StringComparison.Ordinal) && owner.Value != name));

        Rule.Holds(foreign);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Assembly_WithoutTheWeb_UsesNoTypeOfAspNetCore(string name)
    {
        var room = Room.Named(name);
        if (room.Web) return;

        Assert.DoesNotContain(References(room), reference => reference.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void Storage_PublicTypes_ShowNothingOfEntityFramework()
    {
        var storage = Load("Storage");
        var shown = storage.GetExportedTypes()
            .Where(type => !IsMigration(type))
            .SelectMany(SurfaceOf)
            .Where(type => type.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true)
            .Select(type => type.FullName ?? type.Name);

        Rule.Holds(shown);
    }

    [Fact]
    public void Storage_Entities_AreNotPublic()
    {
        var entities = Load("Storage").GetTypes()
            .Where(type => InheritsFrom(type, "DbContext"))
            .SelectMany(context => context.GetProperties(AnyMember))
            .Where(property => property.PropertyType.IsGenericType && property.PropertyType.Name.StartsWith("DbSet", StringComparison.Ordinal))
            .Select(property => property.PropertyType.GetGenericArguments()[0])
            .ToList();

        Assert.NotEmpty(entities);
        Assert.DoesNotContain(entities, entity => entity.IsVisible);
    }

    private const BindingFlags AnyMember = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static string PathOf(Room room) => Path.Combine(AppContext.BaseDirectory, $"{room.Project}.dll");

    private static Assembly Load(string name) => Assembly.LoadFrom(PathOf(Room.Named(name)));

    private static List<string> References(Room room)
    {
        using var image = new PEReader(File.OpenRead(PathOf(room)));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static bool IsMigration(Type type) => InheritsFrom(type, "Migration") || InheritsFrom(type, "ModelSnapshot");

    private static bool InheritsFrom(Type type, string ancestor)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name == ancestor) return true;
        }
        return false;
    }

    private static IEnumerable<Type> SurfaceOf(Type type)
    {
        const BindingFlags visible = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = new List<Type> { type };
        if (type.BaseType is { } ancestor) types.Add(ancestor);
        types.AddRange(type.GetInterfaces());
        types.AddRange(type.GetProperties(visible).Select(property => property.PropertyType));
        types.AddRange(type.GetFields(visible).Select(field => field.FieldType));
        foreach (var method in type.GetMethods(visible))
        {
            types.Add(method.ReturnType);
            types.AddRange(method.GetParameters().Select(parameter => parameter.ParameterType));
        }
        types.AddRange(type.GetConstructors(visible).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType));
        return types.SelectMany(Unwrap);
    }

    private static IEnumerable<Type> Unwrap(Type type)
    {
        if (type.HasElementType) return Unwrap(type.GetElementType()!);
        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Append(type) : [type];
    }
}
