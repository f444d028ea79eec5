using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Settings over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class SettingsStore(StorageEngine engine) : ISettingsStore
{
    public async Task<SettingInfo?> FindAsync(string project, string name, CancellationToken cancellation) =>
        (await ReadAsync(settings => settings.Where(s => s.Project!.Name == project && s.Name == name), cancellation).ConfigureAwait(false)).SingleOrDefault();

    public Task<IReadOnlyList<SettingInfo>> ListAsync(string project, CancellationToken cancellation) =>
        ReadAsync(settings => settings.Where(s => s.Project!.Name == project).OrderBy(s => s.Name), cancellation);

    public Task<IReadOnlyList<SettingInfo>> ListNamedAsync(string name, CancellationToken cancellation) =>
        ReadAsync(settings => settings.Where(s => s.Name == name).OrderBy(s => s.Project!.Name), cancellation);

    public Task<SettingInfo?> WriteAsync(string project, string name, string bodyJson, long revision, CancellationToken cancellation) =>
        engine.Writer.CommandAsync(session =>
        {
            using var context = StoreDatabase.Context(session.Connection);
            if (context.Projects.AsTracking().FirstOrDefault(p => p.Name == project) is not { } owner) return null;
            var setting = context.Settings.AsTracking().FirstOrDefault(s => s.ProjectKey == owner.Key && s.Name == name);
            if ((setting?.Revision ?? 0) != revision) throw new SettingChangedException();
            if (setting is null) context.Settings.Add(setting = new SettingEntity { Project = owner, Name = name, Body = bodyJson });
            setting.Body = bodyJson;
            setting.Revision++;
            setting.Updated = session.Runs.Now;
            context.SaveChanges();
            return new SettingInfo(project, name, setting.Body, setting.Revision, setting.Updated);
        });

    private Task<IReadOnlyList<SettingInfo>> ReadAsync(Func<IQueryable<SettingEntity>, IQueryable<SettingEntity>> choose, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<SettingInfo>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            return [.. choose(context.Settings).Select(s => new SettingInfo(s.Project!.Name, s.Name, s.Body, s.Revision, s.Updated))];
        }, cancellation);
}
