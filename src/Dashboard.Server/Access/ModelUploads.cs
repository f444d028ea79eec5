using System.Text.Json;
using Dashboard.Contracts;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>
/// Who may upload models. A model is code, so with accounts only owners may until they let members; and whatever a job loads as a model must have come in as one, or another type would be the way around.
/// </summary>
internal sealed class ModelUploads(ISettingsStore settings, CallerReader callers)
{
    /// <summary>Type of an artifact that is a model.</summary>
    public const string Type = "model";

    /// <summary>Only owners.</summary>
    public const string Owners = "owners";

    /// <summary>Members too, and their keys.</summary>
    public const string Members = "members";

    private const string Name = "models";

    /// <summary>Whether it matters what an artifact came in as: without accounts everybody is the owner.</summary>
    public bool Enforced => callers.Mode == AccessMode.Accounts;

    /// <summary>What is set for a project.</summary>
    public async Task<ModelUploadsView> ReadAsync(Caller caller, string project, CancellationToken cancellation) =>
        View(caller, project, await settings.FindAsync(project, Name, cancellation));

    /// <summary>Sets it.</summary>
    /// <exception cref="ApiProblemException">404 for no such project.</exception>
    /// <exception cref="SettingChangedException">Somebody else changed it.</exception>
    public async Task<ModelUploadsView> WriteAsync(Caller caller, string project, string uploads, long? revision)
    {
        var from = revision ?? (await settings.FindAsync(project, Name, CancellationToken.None))?.Revision ?? 0;
        var body = JsonSerializer.Serialize(new PutModelUploadsRequest { Uploads = uploads }, ContractsJson.Default.PutModelUploadsRequest);
        return View(caller, project, await settings.WriteAsync(project, Name, body, from, CancellationToken.None) ?? throw ApiProblems.ProjectNotFound());
    }

    /// <summary>Ends the request where the caller may upload no model to a project.</summary>
    public async Task RequireAsync(Caller caller, string project, CancellationToken cancellation)
    {
        if (!(await ReadAsync(caller, project, cancellation)).Allowed)
            throw AccessProblems.ModelUploadsOff();
    }

    private ModelUploadsView View(Caller caller, string project, SettingInfo? setting)
    {
        var uploads = setting is null ? Owners : JsonSerializer.Deserialize(setting.BodyJson, ContractsJson.Default.PutModelUploadsRequest)?.Uploads ?? Owners;
        var allowed = !Enforced || caller.May(AccessRight.Manage, project) || (uploads == Members && caller.May(AccessRight.Write, project));
        return new ModelUploadsView(project, uploads, allowed, setting?.Revision ?? 0);
    }
}
