using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Dashboard.Storage;

/// <summary>Makes the system's SQLite, which Debian patches, the one that runs.</summary>
/// <remarks>
/// Microsoft.Data.Sqlite 10 was compiled against SQLitePCLRaw.core 2.1 and the registry offers 2.0.6; one of the members it refers to is missing there
/// (loading of extensions, which nothing here calls). The bundle package is not used: it carries an older SQLite, and two of them in one process corrupt
/// each other's locks. With a registry that has SQLitePCLRaw 2.1 or later all of this falls away for one reference to its e_sqlite3 provider.
/// </remarks>
public static class SqliteBinding
{
    /// <summary>What the storage format relies on (window functions, RETURNING, strict WAL recovery).</summary>
    private static readonly Version Oldest = new(3, 40, 0);

    private static int _installed;

    /// <summary>Installs the binding; runs by itself when the assembly is loaded, and again without effect.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The binding must be there before any type that uses SQLite is touched, whoever touches it first.")]
    public static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 1) return;
        var beside = Path.Combine(Path.GetDirectoryName(typeof(SqliteBinding).Assembly.Location)!, "SQLitePCLRaw.core.dll");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == "SQLitePCLRaw.core" && File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
        UseSystemLibrary();
    }

    // Not inlined: it must be compiled after the resolver above is in place.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseSystemLibrary()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, static (name, _, _) =>
            name == "e_sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
    }

    /// <summary>Version of the SQLite that runs.</summary>
    /// <exception cref="StoreStoppedException">There is none, or it is too old.</exception>
    public static string RequireVersion()
    {
        string text;
        try
        {
            text = SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
        }
        catch (Exception failure) when (failure is DllNotFoundException or TypeInitializationException)
        {
            throw new StoreStoppedException("SQLite was not found: install the system package libsqlite3-0.", failure);
        }

        return Version.TryParse(text, out var version) && version >= Oldest
            ? text
            : throw new StoreStoppedException($"SQLite {text} is too old: {Oldest} or later is needed (system package libsqlite3-0).");
    }
}
