// The lines that use a key, for each kind of thing that has one.

const quoted = (text) => `'${text.replace(/'/g, `'\\''`)}'`;

/** `[{ id, name, code }]` for a key of a role. `server` is the server's address without a slash at its end; names are put in as JSON, whose escapes Python and C# share. */
export function keyLines({ key, role, project, server }) {
  if (role === 'worker') {
    return [
      { id: 'worker', name: null, code: `export LOSSBOARD_WORKER_KEY=${quoted(key)}\nDashboard.Worker --server ${quoted(server)}` },
      { id: 'file', name: '--key-file', code: `umask 077\ncat > ~/.lossboard-worker-key <<'END'\n${key}\nEND\nDashboard.Worker --server ${quoted(server)} --key-file ~/.lossboard-worker-key` },
    ];
  }
  const named = JSON.stringify(project ?? 'my-project');
  if (role === 'read') {
    const query = `project=${encodeURIComponent(project ?? 'my-project')}`;
    return [
      { id: 'curl', name: 'curl', code: `curl -H ${quoted(`Authorization: Bearer ${key}`)} \\\n  ${quoted(`${server}/api/v1/runs?${query}`)}` },
      {
        id: 'python',
        name: 'Python',
        code: `import json, urllib.request\n\nrequest = urllib.request.Request("${server}/api/v1/runs?${query}",\n                                 headers={"Authorization": "Bearer ${key}"})\nprint(json.load(urllib.request.urlopen(request))["items"])`,
      },
      {
        id: 'csharp',
        name: 'C#',
        code: `using var http = new HttpClient { BaseAddress = new Uri("${server}") };\nhttp.DefaultRequestHeaders.Authorization = new("Bearer", "${key}");\nConsole.WriteLine(await http.GetStringAsync("/api/v1/runs?${query}"));`,
      },
    ];
  }
  const event = `{"project": ${named}, "run": "first-run", "events": [{"type": "scalar", "tag": "train/loss", "step": 1, "value": 0.5}]}`;
  return [
    { id: 'curl', name: 'curl', code: `curl ${quoted(`${server}/api/v1/events`)} \\\n  -H ${quoted(`Authorization: Bearer ${key}`)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(event)}` },
    { id: 'python', name: 'Python', code: `# in the job's environment:\n#   export LOSSBOARD_URL=${server}\n#   export LOSSBOARD_API_KEY=${key}\nfrom lossboard import SummaryWriter\n\nwriter = SummaryWriter(project=${named}, run="first-run")\nwriter.add_scalar("train/loss", 0.5, 1)\nwriter.close()` },
    {
      id: 'csharp',
      name: 'C#',
      code: `await using var run = LossboardRun.Start(new LossboardOptions\n{\n    Server = new Uri("${server}"),\n    ApiKey = Environment.GetEnvironmentVariable("LOSSBOARD_API_KEY"), // ${key}\n    Project = ${named},\n    Run = "first-run",\n});\nrun.Log("train/loss", 0.5, 1);`,
    },
  ];
}
