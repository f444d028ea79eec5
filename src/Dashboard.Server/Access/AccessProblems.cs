namespace Dashboard.Server;

/// <summary>The answers to who may not.</summary>
internal static class AccessProblems
{
    /// <summary>401 without credentials.</summary>
    public static ApiProblemException NoCredentials() => Refuse(
        401, "unauthenticated", "Who are you?", "Sign in, or send a key as 'Authorization: Bearer lb_…'.");

    /// <summary>401 with a key that is none, is revoked or has expired: which of them is not told.</summary>
    public static ApiProblemException InvalidKey() => Refuse(
        401, "invalid_key", "The key is not valid", "The key in 'Authorization' is unknown, revoked or expired. Make another on the page Keys.");

    /// <summary>403 with credentials that do not suffice.</summary>
    public static ApiProblemException Forbidden(AccessRight right) => Refuse(
        403, "forbidden", "Not allowed", right switch
        {
            AccessRight.Write => "This takes the right to write in the project: its members have it, and keys with the role 'write'.",
            AccessRight.Manage => "This takes an owner of the project.",
            AccessRight.Administer => "This takes an owner of the server.",
            AccessRight.Work => "This takes a key with the role 'worker'.",
            _ => "These credentials do not reach this.",
        });

    /// <summary>403 for a model from somebody who may upload everything else.</summary>
    public static ApiProblemException ModelUploadsOff() => Refuse(
        403, "model_uploads_off", "Models may not be uploaded",
        "A model is code, so only owners upload models to this project. An owner can let members do so: PUT /api/v1/settings/models, or the page People.");

    private static ApiProblemException Refuse(int status, string code, string title, string detail) =>
        new(new ApiProblem { Status = status, Code = code, Title = title, Detail = detail });
}
