namespace Dashboard.Server;

/// <summary>What a request may need. Each of the first four contains those before it; <see cref="Work"/> stands apart.</summary>
internal enum AccessRight
{
    /// <summary>To see what is in a project.</summary>
    Read = 1,
    /// <summary>To add to a project and change what is there, in ways that can be undone.</summary>
    Write = 2,
    /// <summary>To decide about a project: who is in it, what is deleted for good, where it reports to.</summary>
    Manage = 3,
    /// <summary>To decide about the server.</summary>
    Administer = 4,
    /// <summary>To lease jobs, and to read what they are given.</summary>
    Work = 5,
}
