namespace Dashboard.Server;

/// <summary>The answers to who may not.</summary>
internal static class AccessProblems
{
    /// <summary>401 without credentials.</summary>
    public static ApiProblemException NoCredentials() => ApiProblems.Refuse(
        401, "unauthenticated", "Who are you?", "Sign in, or send a key as 'Authorization: Bearer lb_…'.");

    /// <summary>401 with a key that is none, is revoked or has expired: which of them is not told.</summary>
    public static ApiProblemException InvalidKey() => ApiProblems.Refuse(
        401, "invalid_key", "The key is not valid", "The key in 'Authorization' is unknown, revoked or expired. Make another on the page Keys.");

    /// <summary>401 with credentials of another kind.</summary>
    public static ApiProblemException OtherScheme() => ApiProblems.Refuse(
        401, "unsupported_scheme", "Not a key", "'Authorization' takes 'Bearer lb_…' and no other scheme, Basic included. Make a key on the page Keys; a proxy in front that asks for a password must not pass it on.");

    /// <summary>403 for a key that would make another.</summary>
    public static ApiProblemException KeysMakeNoKeys() => ApiProblems.Refuse(
        403, "forbidden", "Not allowed", "Keys are made by people who have signed in, or with the server's owner key: a key that made another would outlive its own revocation.");

    /// <summary>403 with credentials that do not suffice.</summary>
    /// <param name="right">What is missing.</param>
    /// <param name="caller">Who lacks it; a key is told its role.</param>
    public static ApiProblemException Forbidden(AccessRight right, Caller? caller = null) => ApiProblems.Refuse(
        403, "forbidden", "Not allowed", (caller?.Told is { } told ? told + " " : "") + right switch
        {
            AccessRight.Write => "This takes the right to write in the project: its members have it, and keys with the role 'write'.",
            AccessRight.Manage => "This takes an owner of the project.",
            AccessRight.Administer => "This takes an owner of the server.",
            AccessRight.Work => "This takes a key with the role 'worker'.",
            _ => "These credentials do not reach this.",
        });

    /// <summary>403 for a model from somebody who may upload everything else.</summary>
    public static ApiProblemException ModelUploadsOff() => ApiProblems.Refuse(
        403, "model_uploads_off", "Models may not be uploaded",
        "A model is code, so only owners upload models to this project. An owner can let members do so: PUT /api/v1/settings/models, or the page People.");
}
