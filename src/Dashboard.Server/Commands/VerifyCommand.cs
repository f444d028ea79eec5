using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Storage;

namespace Dashboard.Server;

/// <summary><c>lossboard verify</c>: whether a data folder is what was written to it.</summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        // For a terminal or a file, not for a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly ServerCommand Command = new(
        "verify",
        "Checks everything in a data folder, also while a server uses it, changes nothing, and names what is damaged. Exit code 0: sound, 1: damaged, 2: cannot be read.",
        [
            FolderOptions.Data,
            new CommandOption("json", null, "Say it as JSON."),
        ],
        (arguments, console, stop) => Task.Run(() => Run(arguments, console, stop), CancellationToken.None));

    private static int Run(CommandArguments arguments, CommandConsole console, CancellationToken stop)
    {
        var check = new FolderVerification { RecordFault = StoredForms.Fault, OpenResult = StoredForms.OpenResult };
        var report = check.Run(FolderOptions.DataOf(arguments), console.Show, stop);
        if (arguments.Has("json"))
            console.Say(JsonSerializer.Serialize(report, Json));
        else
            Say(report, console);
        return report.DamageCount == 0 ? 0 : CommandLine.Damaged;
    }

    private static void Say(FolderReport report, CommandConsole console)
    {
        foreach (var damage in report.Damage)
            console.Say(Line(damage));
        if (report.DamageCount > report.Damage.Count)
            console.Say($"… and {report.DamageCount - report.Damage.Count} more");
        foreach (var note in report.Notes)
            console.Say($"note: {Printable(note)}");
        console.Say(string.Create(
            CultureInfo.InvariantCulture, $"{report.Folder}: {FolderOptions.Words(report.Counts)}; {report.Chunks:n0} chunks and {report.Bytes / 1e6:n1} MB read, last commit {report.LastSeq}"));
        console.Say(report.DamageCount == 0 ? "Sound." : string.Create(CultureInfo.InvariantCulture, $"Damaged in {report.DamageCount:n0} places."));
    }

    private static string Line(FolderDamage damage)
    {
        var text = new StringBuilder(damage.Kind).Append(": ");
        if (damage.Project is not null)
            text.Append(damage.Project);
        if (damage.Run is not null)
            text.Append(" / ").Append(damage.Run).Append(" (").Append(damage.RunId).Append(')');
        if (damage.Tag is not null)
            text.Append(", ").Append(damage.Tag);
        if (damage.FirstStep is { } first)
            text.Append(damage.LastStep == first ? string.Create(CultureInfo.InvariantCulture, $", step {first}") : string.Create(CultureInfo.InvariantCulture, $", steps {first} to {damage.LastStep}"));
        if (damage.File is not null)
            text.Append(", ").Append(damage.File);
        if (damage.Project is not null || damage.File is not null)
            text.Append(": ");
        return Printable(text.Append(damage.Text).ToString());
    }

    // Names of a damaged folder may be anything, and this goes to a terminal.
    private static string Printable(string text) => string.Concat(text.Select(one => char.IsControl(one) ? '\uFFFD' : one));
}
