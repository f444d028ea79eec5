using Dashboard.Server;
using Dashboard.Storage;
using Microsoft.Extensions.Options;

var builder = WebApplication.CreateBuilder(HostPaths.Options(args));
builder.AddHosting(args);
builder.Services
    .AddCompression()
    .AddLimits()
    .AddStorage()
    .AddLive()
    .AddRuns()
    .AddIngest()
    .AddSeries()
    .AddRecords()
    .AddHealth()
    .AddApiDocument();

var app = builder.Build();
app.UseHosting();
var api = app.MapGroup("/api/v1");
api.MapLimits();
api.MapIngest();
api.MapRuns();
api.MapSeries();
api.MapRecords();
api.MapArtifacts();
app.MapLive();
app.MapHealth();
app.MapOpenApi();

return await app.RunToEndAsync();
