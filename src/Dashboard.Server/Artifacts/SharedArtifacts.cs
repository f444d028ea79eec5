using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>Which files of a run a share link shows: pictures, and never a checkpoint, a model or data.</summary>
internal static class SharedArtifacts
{
    private const string Picture = "image";

    // Clients name the pictures of a tag "images/TAG/STEP.png".
    private const string Folder = "images/";

    /// <summary>Whether a file is shown to whom a scope was made for.</summary>
    public static bool Shows(RunScope scope, string runId, ArtifactInfo file)
    {
        if (!scope.IsShared(runId))
            return true;
        if (file.Type != Picture)
            return false;
        var name = file.Name.StartsWith(Folder, StringComparison.Ordinal) ? file.Name[Folder.Length..] : file.Name;
        return scope.TagsOf(runId) is not { } tags || tags.Any(tag => name == tag || (name.Length > tag.Length && name.StartsWith(tag, StringComparison.Ordinal) && name[tag.Length] is '/' or '.'));
    }
}
