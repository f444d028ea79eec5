using Dashboard.Server;
using Dashboard.Storage;
using Dashboard.Web;

if (CommandLine.Asks(args))
{
    using var console = CommandConsole.OfProcess();
    return await CommandLine.RunAsync(args, console);
}

var builder = WebApplication.CreateBuilder(HostPaths.Options(args));
builder.AddHosting(args);
builder.AddAccounts();
builder.Services
    .AddCompression()
    .AddLimits()
    .AddAccess()
    .AddSharing()
    .AddStorage()
    .AddLive()
    .AddRuns()
    .AddIngest()
    .AddSeries()
    .AddImportance()
    .AddRecords()
    .AddSamples()
    .AddEvaluation()
    .AddProjections()
    .AddCheckpoints()
    .AddProcess()
    .AddJobs()
    .AddDiagnosis()
    .AddAlerts()
    .AddBackups()
    .AddArchive()
    .AddHealth()
    .AddApiDocument()
    .AddDashboardWeb();

if (!builder.HasValidOptions())
    return OptionsCheck.Refused;

var app = builder.Build();
app.UseHosting();
app.UseIngest();
app.UseDashboardPageErrors();
app.UseAccounts();
app.UseAccess();
app.UseSharing();
var api = app.MapGroup("/api/v1");
api.MapLimits();
api.MapIngest();
api.MapRuns();
api.MapSeries();
api.MapTags();
api.MapTables();
api.MapImportance();
api.MapRecords();
api.MapSamples();
api.MapEvaluation();
api.MapArtifacts();
api.MapCheckpoints();
api.MapModelUploads();
api.MapProcess();
api.MapViews();
api.MapSharing();
api.MapJobs();
api.MapProjections();
api.MapDiagnosis();
api.MapRules();
api.MapAlerts();
api.MapArchive();
api.MapWorkers();
api.MapKeys();
api.MapAudit();
api.MapSessions();
api.MapInvitations();
api.MapPeople();
app.MapLive();
app.MapHealth();
app.MapOpenApi().Open();
app.MapDashboardWeb().Needs(AccessRight.Read, AccessSubject.Handler).SharedPages();

return await app.RunToEndAsync();
