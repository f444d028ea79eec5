using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Server;

/// <summary>What comes of an invitation.</summary>
internal sealed class InvitationUse(UserManager<AccountUser> users, IInvitationStore invitations, AccountSignIn signIn, AccountCallers callers, AuditLog audit)
{
    /// <summary>Makes the account and signs it in.</summary>
    public async Task<Caller> AcceptAsync(HttpContext context, byte[] hash, InvitationInfo invitation, string name, string password)
    {
        var user = new AccountUser { Name = name, Invitation = hash };
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
            throw AccountProblems.Of(made);
        var caller = await signIn.BeginAsync(context, user.Stored!, "invitation");
        await NoteAsync(context, caller, invitation);
        return caller;
    }

    /// <summary>Adds what it offers to who is signed in.</summary>
    public async Task<Caller> JoinAsync(HttpContext context, byte[] hash, InvitationInfo invitation)
    {
        var account = await invitations.JoinAsync(hash, SessionEndpoints.RequireAccount(context.Caller())) ?? throw AccountProblems.InvitationGone();
        callers.Changed(account.Id);
        var caller = AccountCallers.Of(account);
        await NoteAsync(context, caller, invitation);
        return caller;
    }

    /// <summary>Sets the new password, ends every session of the account, and begins one.</summary>
    public async Task<Caller> SetPasswordAsync(HttpContext context, byte[] hash, InvitationInfo invitation, string password)
    {
        var user = await users.FindByIdAsync(invitation.AccountId!) ?? throw AccountProblems.InvitationGone();
        var rule = await users.CheckPasswordRulesAsync(user, password);
        if (!rule.Succeeded)
            throw AccountProblems.Of(rule);
        var account = await invitations.SetPasswordAsync(hash, users.PasswordHasher.HashPassword(user, password), AccountNames.NewStamp()) ?? throw AccountProblems.InvitationGone();
        callers.Changed(account.Id);
        var caller = await signIn.BeginAsync(context, account, "password link");
        await audit.WriteAsync(caller, context.Connection.RemoteIpAddress?.ToString(), "password.changed", null, account.Id);
        return caller;
    }

    /// <summary>Notes that an account came by an invitation.</summary>
    public Task NoteAsync(HttpContext context, Caller caller, InvitationInfo invitation) => audit.WriteAsync(
        caller, context.Connection.RemoteIpAddress?.ToString(), "invitation.used", InvitationEndpoints.Project(invitation), invitation.Id,
        new Dictionary<string, string> { ["role"] = AccountRoles.Word(invitation.Role), ["by"] = invitation.CreatedBy });
}
