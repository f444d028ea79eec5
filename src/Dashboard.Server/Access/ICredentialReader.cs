namespace Dashboard.Server;

/// <summary>Knows one kind of credentials.</summary>
internal interface ICredentialReader
{
    /// <summary>Who sent a request by this kind of credentials, or null where it has none of them.</summary>
    /// <exception cref="ApiProblemException">It has some, and they are not valid: 401.</exception>
    ValueTask<Caller?> ReadAsync(HttpContext context);
}
