namespace Dashboard.Server;

/// <summary><c>lossboard export</c>.</summary>
internal static class ExportCommand
{
    public static readonly ServerCommand Command = new(
        "export", "Writes a project as an open archive: CSV and JSON in a zip file.",
        [
            new CommandOption("data", "DIR", "The data folder; no server may use it meanwhile (a server has GET /api/v1/projects/PROJECT/export).", Required: true),
            new CommandOption("project", "NAME", "The project.", Required: true),
            new CommandOption("to", "FILE", "The archive to write; it must not exist.", Required: true),
        ],
        RunAsync);

    private static async Task<int> RunAsync(CommandArguments arguments, CommandConsole console, CancellationToken cancellation)
    {
        var path = arguments["to"];
        if (File.Exists(path))
            throw new CommandException($"'{path}' exists: choose another name, or remove it.");
        await using var store = await CommandStore.OpenAsync(arguments["data"], mayBeNew: false);
        // Under its name only when it is whole.
        var unfinished = path + ".unfinished";
        try
        {
            ExportReport? report;
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous))
            {
                report = await store.Get<ProjectExport>().WriteAsync(arguments["project"], () => file, cancellation);
                file.Flush(flushToDisk: true);
            }
            if (report is null)
                throw new CommandException($"There is no project '{arguments["project"]}' in this folder.");
            File.Move(unfinished, path);
            var counts = report.Counts;
            console.Say($"{path}: {counts.Runs} runs, {counts.Series} series, {counts.Points} points, {counts.Records} records, {counts.Artifacts} artifacts, {counts.Jobs} jobs.");
            console.Say($"content {report.Content}");
            foreach (var damaged in report.Damaged)
                console.Complain($"Damaged and left out: {damaged}");
            return report.Damaged.Count == 0 ? 0 : CommandLine.Damaged;
        }
        catch (ArchiveException failure)
        {
            console.Complain(failure.Message);
            return CommandLine.Damaged;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
