using Microsoft.EntityFrameworkCore;

namespace Dashboard.Storage;

/// <summary>Saved views over EF Core: reads on a reader, changes on the writer's thread.</summary>
internal sealed class ViewStore(StorageEngine engine) : IViewStore
{
    public Task<IReadOnlyList<ViewInfo>> ListAsync(string project, string? kind, bool bodies, CancellationToken cancellation) =>
        engine.Database.ReadAsync<IReadOnlyList<ViewInfo>>(connection =>
        {
            using var context = StoreDatabase.Context(connection);
            var views = context.Views.Where(v => v.Project!.Name == project);
            if (kind is not null) views = views.Where(v => v.Kind == kind);
            return
            [
                .. views.OrderByDescending(v => v.Updated).ThenByDescending(v => v.Key)
                    .Select(v => new ViewInfo(v.Id, v.Project!.Name, v.Kind, v.Name, bodies ? v.Body : "{}", v.Version, v.Created, v.Updated)),
            ];
        }, cancellation);

    public Task<ViewInfo?> FindAsync(string id, CancellationToken cancellation) => engine.Database.ReadAsync(connection =>
    {
        using var context = StoreDatabase.Context(connection);
        return Info(context.Views.Include(v => v.Project).FirstOrDefault(v => v.Id == id));
    }, cancellation);

    public Task<ViewInfo?> AddAsync(string project, string kind, string name, string bodyJson, int limit, CancellationToken cancellation) =>
        engine.Writer.CommandAsync(session =>
        {
            using var context = StoreDatabase.Context(session.Connection);
            if (context.Projects.AsTracking().FirstOrDefault(p => p.Name == project) is not { } owner) return null;
            if (context.Views.Count(v => v.ProjectKey == owner.Key) >= limit) throw new TooManyViewsException(limit);
            var now = session.Runs.Now;
            var view = new ViewEntity
            {
                Id = Guid.CreateVersion7().ToString("n"),
                Project = owner,
                Kind = kind,
                Name = name,
                Body = bodyJson,
                Version = 1,
                Created = now,
                Updated = now,
            };
            context.Views.Add(view);
            context.SaveChanges();
            return Info(view);
        });

    public Task<ViewInfo?> ReplaceAsync(string id, string name, string bodyJson, long version, CancellationToken cancellation) =>
        engine.Writer.CommandAsync(session =>
        {
            using var context = StoreDatabase.Context(session.Connection);
            if (context.Views.AsTracking().Include(v => v.Project).FirstOrDefault(v => v.Id == id) is not { } view) return null;
            if (view.Version != version) throw new ViewChangedException();
            view.Name = name;
            view.Body = bodyJson;
            view.Version++;
            view.Updated = session.Runs.Now;
            context.SaveChanges();
            return Info(view);
        });

    public Task<bool> RemoveAsync(string id, CancellationToken cancellation) => engine.Writer.CommandAsync(session =>
    {
        using var context = StoreDatabase.Context(session.Connection);
        return context.Views.Where(v => v.Id == id).ExecuteDelete() > 0;
    });

    private static ViewInfo? Info(ViewEntity? view) => view is null
        ? null
        : new ViewInfo(view.Id, view.Project!.Name, view.Kind, view.Name, view.Body, view.Version, view.Created, view.Updated);
}
