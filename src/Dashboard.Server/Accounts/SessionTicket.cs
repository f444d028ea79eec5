namespace Dashboard.Server;

/// <summary>What a session's cookie says.</summary>
/// <param name="AccountId">Id of the account.</param>
/// <param name="Stamp">The account's stamp when the session began; another one makes it worthless.</param>
/// <param name="Id">Id of the session, of which an account has one a browser.</param>
internal sealed record SessionTicket(string AccountId, string Stamp, string Id);
