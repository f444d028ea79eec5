namespace Dashboard.Server;

/// <summary>The answers about share links. Unknown, revoked and expired ones are the same.</summary>
internal static class ShareProblems
{
    public static ApiProblemException NotFound() => ApiProblems.Refuse(
        404, "share_link_not_found", "No such share link", "This link shows nothing: it is unknown, revoked or expired. Ask whoever gave it to you for another.");

    public static ApiProblemException PasswordRequired() => ApiProblems.Refuse(401, "password_required", "A password is needed", "This link asks for a password. Send it as 'password'.");

    public static ApiProblemException WrongPassword() => ApiProblems.Refuse(401, "wrong_password", "Wrong password", "This is not the link's password.");

    public static ApiProblemException TooManyTries(TimeSpan wait) => ApiProblems.Later(
        "too_many_tries", "Too many tries", $"There were too many wrong tries. Try again in {Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))} minutes.", wait);

    public static ApiProblemException TooMany(int limit) => ApiProblems.Refuse(
        422, "too_many_share_links", "Too many share links", $"The project has {limit} share links, and that is the most. Revoke some first.");

    public static ApiProblemException NotYours() => ApiProblems.Refuse(403, "forbidden", "Not allowed", "Somebody else made this link: it takes an owner of the project to revoke it.");
}
