using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary><c>lossboard restore</c>: a data folder from a backup.</summary>
internal static class RestoreCommand
{
    public static readonly ServerCommand Command = new(
        "restore",
        "Makes a data folder of a backup after checking every checksum; a damaged backup is not restored and each damaged file is named.",
        [
            new CommandOption("from", "DIR", "The backup.", Required: true),
            new CommandOption("data", "DIR", "Data folder to make; it must not exist yet, or be empty.", Required: true),
        ],
        (arguments, console, stop) => Task.Run(() => Run(arguments, console, stop), CancellationToken.None));

    private static int Run(CommandArguments arguments, CommandConsole console, CancellationToken stop)
    {
        try
        {
            var manifest = FolderRestore.Run(arguments["from"], arguments["data"], console.Show, stop);
            console.Say($"{arguments["data"]} holds {FolderOptions.Words(manifest)}.");
            return 0;
        }
        catch (BackupDamagedException damage)
        {
            console.Complain(damage.Message);
            return CommandLine.Damaged;
        }
    }
}
