using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary><c>lossboard backup</c>: one moment of a data folder as a folder of its own.</summary>
internal static class BackupCommand
{
    public static readonly ServerCommand Command = new(
        "backup",
        "Backs up a data folder, also while a server uses it; unchanged artifacts are shared with the newest backup beside it.",
        [
            FolderOptions.Data,
            new CommandOption("to", "DIR", "Folder to make; it must not exist yet, or be empty.", Required: true),
        ],
        (arguments, console, stop) => Task.Run(() => Run(arguments, console, stop), CancellationToken.None));

    private static int Run(CommandArguments arguments, CommandConsole console, CancellationToken stop)
    {
        var manifest = new FolderBackup(TimeProvider.System).Run(FolderOptions.DataOf(arguments), arguments["to"], console.Show, stop);
        console.Say($"{arguments["to"]} holds {FolderOptions.Words(manifest)}.");
        foreach (var sha256 in manifest.Missing)
            console.Complain($"The data folder has lost artifacts/{sha256[..2]}/{sha256}, so the backup does not have it either: lossboard verify says whose it is.");
        foreach (var sha256 in manifest.Damaged)
            console.Complain($"artifacts/{sha256[..2]}/{sha256} of the data folder is damaged and was backed up as it is: lossboard verify says whose it is.");
        return manifest.Missing.Count + manifest.Damaged.Count == 0 ? 0 : CommandLine.Damaged;
    }
}
