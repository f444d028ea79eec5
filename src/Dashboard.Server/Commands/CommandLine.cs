using System.Diagnostics.CodeAnalysis;
using System.Text;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary>What the program does instead of serving where its first argument is a command: the table of commands, their usage, and how one ends.</summary>
internal static class CommandLine
{
    /// <summary>Exit code: what was looked at is not as it should be.</summary>
    public const int Damaged = 1;

    /// <summary>Exit code: it could not be done as it was asked for.</summary>
    public const int Refused = 2;

    /// <summary>Exit code: stopped from outside, as a shell counts it.</summary>
    public const int Stopped = 130;

    private static readonly ServerCommand[] Commands =
    [
        BackupCommand.Command,
        RestoreCommand.Command,
        VerifyCommand.Command,
        ExportCommand.Command,
        ImportCommand.Command,
    ];

    /// <summary>Whether <paramref name="args"/> ask for a command, known or not: options of the server begin with a dash.</summary>
    public static bool Asks(string[] args) => args.Length > 0 && (!args[0].StartsWith('-') || args[0] is "--help" or "-h");

    /// <summary>Runs the command that the first argument names, until it is done or the process is asked to stop.</summary>
    /// <returns>The exit code: 0, or one of the constants above.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The edge of the program: what nobody foresaw is told in words too.")]
    public static async Task<int> RunAsync(string[] args, CommandConsole console)
    {
        if (args[0] is "help" or "--help" or "-h")
        {
            console.Say(Usage());
            return 0;
        }
        if (Array.Find(Commands, one => one.Name == args[0]) is not { } command)
        {
            console.Complain($"There is no command '{args[0]}'.\n\n{Usage()}");
            return Refused;
        }
        try
        {
            var arguments = CommandArguments.Parse(command, args[1..]);
            if (arguments.Has("help"))
            {
                console.Say(Usage(command));
                return 0;
            }
            return await command.Run(arguments, console, console.Stop);
        }
        catch (OperationCanceledException) when (console.Stop.IsCancellationRequested)
        {
            console.Complain("Stopped; nothing unfinished was left behind.");
            return Stopped;
        }
        catch (CommandException refusal)
        {
            console.Complain($"{refusal.Message}\n\n{Usage(command)}");
            return Refused;
        }
        catch (Exception failure) when (failure is StoreException or IOException or UnauthorizedAccessException)
        {
            console.Complain(failure.Message);
            return Refused;
        }
        catch (Exception failure)
        {
            console.Complain($"{command.Name} failed: {failure}");
            return Refused;
        }
    }

    private static string Usage()
    {
        var text = new StringBuilder("Usage: lossboard [SERVER OPTIONS…]\n       lossboard COMMAND [OPTIONS…]\n\nWithout a command it serves.\n\n");
        foreach (var command in Commands)
            text.Append("  ").Append(command.Name.PadRight(10)).Append(command.Summary).Append('\n');
        return text.Append("\nlossboard COMMAND --help says more of one.").ToString();
    }

    private static string Usage(ServerCommand command)
    {
        var text = new StringBuilder($"Usage: lossboard {command.Name}");
        foreach (var option in command.Options)
            text.Append(option.Required ? $" {option.Shown}" : $" [{option.Shown}]");
        text.Append("\n\n").Append(command.Summary).Append("\n\n");
        foreach (var option in command.Options)
            text.Append("  ").Append(option.Shown.PadRight(20)).Append(option.Summary).Append('\n');
        return text.Append("  ").Append("--help".PadRight(20)).Append("This text.").ToString();
    }
}
