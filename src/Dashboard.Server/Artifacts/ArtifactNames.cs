using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Server;

/// <summary>Names of artifacts within the address.</summary>
internal static class ArtifactNames
{
    /// <summary>The name at the end of the request's address, decoded once.</summary>
    /// <remarks>The router leaves %2F as it is, because it cannot tell it from a text that holds "%2F"; the raw address can.</remarks>
    /// <exception cref="ApiProblemException">400 for a name that is none.</exception>
    public static string Of(HttpContext context, string routed, int maxBytes)
    {
        const string Marker = "/artifacts/";
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? raw : raw[..query];
        var at = path.IndexOf(Marker, StringComparison.Ordinal);
        var name = at < 0 ? routed : Uri.UnescapeDataString(path[(at + Marker.Length)..]);
        if (NameRule.Check(name, maxBytes, "The artifact name") is { } fault)
            throw ApiProblems.BadParameter("/path/name", fault.Message, fault.Code);
        return Fault(name) is { } wrong ? throw ApiProblems.BadParameter("/path/name", wrong, "invalid_name") : name;
    }

    /// <summary>What is wrong with the parts of a name, or null.</summary>
    public static string? Fault(string name) =>
        name.Contains('\\', StringComparison.Ordinal) || name.Split('/').Any(part => part is "" or "." or "..")
            ? "The artifact name must not hold a backslash or an empty, '.' or '..' part."
            : null;
}
