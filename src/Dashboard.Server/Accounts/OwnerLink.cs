using Dashboard.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Dashboard.Server;

/// <summary>
/// Prints the link by which the first owner comes in: where nobody owns the server, or where it is asked for by <c>Access:OwnerLink</c>, as by an owner who lost the password.
/// Whoever sees the terminal can stop the server and read its data; nobody else gets to see the link.
/// </summary>
internal sealed partial class OwnerLink(
    IAccountStore accounts, IInvitationStore invitations, IServer server, IOptions<AccessOptions> options, IConfiguration configuration, ITerminal terminal, AuditLog audit, ILogger<OwnerLink> logger)
    : IHostedLifecycleService
{
    // How its invitations are told from those that people make.
    private const string Maker = "server start";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>After everything has started: the link names the port that the server got.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // One at a time: that of an earlier start, which may be in somebody's scroll-back, is void from now on.
        await invitations.RevokeOfAsync(Maker);
        var hasOwner = await accounts.HasOwnerAsync(cancellationToken);
        if (hasOwner && !options.Value.OwnerLink)
            return;
        if (!hasOwner && !options.Value.OwnerLink && AccessOptionsValidator.OwnerKey(options.Value, configuration) is not null)
        {
            OwnedByKey();
            return;
        }
        var secret = LinkSecret.New();
        await invitations.AddAsync(new NewInvitation(LinkSecret.Hash(secret), "", AccountRole.Owner, null, Maker, Lifetime));
        await audit.WriteAsync(Caller.Server, null, "invitation.created", null, Maker);
        Printed();
        var link = LinkSecret.Link(PublicAddress.Of(options.Value, server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []), "invitation", secret);
        await terminal.SayAsync($"\n{(hasOwner ? "A link for another owner" : "Nobody owns this server yet. Its owner comes in by this link")}; it works once, for 24 hours:\n\n    {link}\n\n");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The log keeps that there is a link, never the link.
    [LoggerMessage(2414, LogLevel.Information, "A one-time link for an owner was printed to the terminal.")]
    private partial void Printed();

    [LoggerMessage(2415, LogLevel.Information, "The server is owned by its owner key; no link is needed.")]
    private partial void OwnedByKey();
}
