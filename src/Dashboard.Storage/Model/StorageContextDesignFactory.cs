using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Dashboard.Storage;

/// <summary>Lets <c>dotnet ef</c> see the model when a migration is written.</summary>
internal sealed class StorageContextDesignFactory : IDesignTimeDbContextFactory<StorageContext>
{
    public StorageContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<StorageContext>().UseSqlite("Data Source=:memory:").Options);
}
