namespace Dashboard.Server.Tests;

/// <summary>Who may use which route: written by hand, and not read from what the server says of itself.</summary>
/// <remarks>
/// A line: method, pattern, the least that it takes, how it answers who may not know of what it is about, <c>shared</c> where a share link may use it, and query or body of a request that would be done.
/// The least: open, read, write, manage, server (owner of the server), work (worker keys, and the server's owner), read+work.
/// How: <c>item</c> hides what others own (404), <c>list</c> answers everybody who may read anywhere with what they see, <c>server</c> refuses (403),
/// <c>hidden</c> hides it also from those of the project who may not, and <c>secret</c> asks for a secret that the request does not know.
/// </remarks>
internal static class AccessTable
{
    public const string Text = """
        GET    /api/v1/limits                                 open       list   shared
        GET    /health/live                                   open       list   shared
        GET    /health/ready                                  open       list   shared
        GET    /metrics                                       server-read server -
        GET    /openapi/{documentName}.json                   open       list   shared

        POST   /api/v1/events                                 write      item   -       {"project":"PROJECT","run":"first","events":[]}
        GET    /api/v1/projects                               read       list   shared
        GET    /api/v1/runs                                   read       list   shared  ?project=PROJECT
        PUT    /api/v1/runs                                   write      item   -       {"project":"PROJECT","run":"first"}
        GET    /api/v1/runs/{run_id}                          read       item   shared
        PATCH  /api/v1/runs/{run_id}                          write      item   -       {"notes":"n"}
        DELETE /api/v1/runs/{run_id}                          write      item   -       ?FRESH
        POST   /api/v1/runs/bulk                              write      list   -       {"run_ids":["RUN"],"change":{"archived":false}}
        POST   /api/v1/runs/table                             read       list   shared  {"project":"PROJECT"}
        GET    /api/v1/runs/fields                            read       item   shared  ?project=PROJECT
        POST   /api/v1/hyperparameters/importance             read       list   -       {"project":"PROJECT","metric":"created"}

        GET    /api/v1/runs/{run_id}/series                   read       item   shared
        GET    /api/v1/runs/{run_id}/scalars                  read       item   shared  ?tag=loss
        POST   /api/v1/scalars/query                          read       list   shared  {"run_ids":["RUN"]}
        POST   /api/v1/scalars/join                           read       list   shared  {"run_ids":["RUN"],"x":"loss","y":"lr"}
        POST   /api/v1/series/tags                            read       list   shared  {"run_ids":["RUN"]}
        GET    /api/v1/runs/{run_id}/histograms               read       item   shared  ?tag=h
        GET    /api/v1/runs/{run_id}/texts                    read       item   shared  ?tag=t
        GET    /api/v1/runs/{run_id}/embeddings               read       item   shared  ?tag=e
        GET    /api/v1/runs/{run_id}/predictions              read       item   shared  ?tag=p
        GET    /api/v1/runs/{run_id}/labels                   read       item   shared
        GET    /api/v1/runs/{run_id}/phases                   read       item   shared
        POST   /api/v1/histograms/query                       read       list   shared  {"run_ids":["RUN"],"tags":["h"]}
        POST   /api/v1/texts/query                            read       list   shared  {"run_ids":["RUN"],"tags":["t"]}
        GET    /api/v1/runs/{run_id}/samples                  read       item   shared  ?tag=p
        GET    /api/v1/runs/{run_id}/samples/losses           read       item   shared  ?tag=p
        GET    /api/v1/runs/{run_id}/classification           read       item   shared  ?tag=p
        GET    /api/v1/runs/{run_id}/classification/point     read       item   shared  ?tag=p&class=0&threshold=0.5
        GET    /api/v1/runs/{run_id}/classification/samples   read       item   shared  ?tag=p
        GET    /api/v1/runs/{run_id}/regression               read       item   shared  ?tag=r
        POST   /api/v1/predictions/query                      read       list   shared  {"run_ids":["RUN"],"tags":["p"]}
        GET    /api/v1/runs/{run_id}/process                  read       item   shared
        GET    /api/v1/runs/{run_id}/diagnosis                read       item   shared
        POST   /api/v1/diagnosis/query                        read       list   shared  {"run_ids":["RUN"]}
        GET    /api/v1/runs/{run_id}/report                   read       item   -

        GET    /api/v1/runs/{run_id}/artifacts                read+work  item   shared
        GET    /api/v1/runs/{run_id}/artifacts/{**name}       read+work  item   shared  ?ARTIFACT=images/loss/1.png
        PUT    /api/v1/runs/{run_id}/artifacts/{**name}       write+work item   -       ?ARTIFACT=put.bin
        DELETE /api/v1/runs/{run_id}/artifacts/{**name}       write      item   -       ?FRESH&ARTIFACT=w.bin
        POST   /api/v1/artifacts/query                        read       list   shared  {"run_ids":["RUN"]}
        GET    /api/v1/runs/{run_id}/checkpoints              read       item   shared
        GET    /api/v1/runs/{run_id}/checkpoints/compare      read       item   -       ?a=CHECKPOINT&b=CHECKPOINT
        PATCH  /api/v1/runs/{run_id}/checkpoints/{id}         write      item   -       {"kept":true}
        DELETE /api/v1/runs/{run_id}/checkpoints/{id}         write      item   -
        GET    /api/v1/retention                              read       item   -       ?project=PROJECT
        PUT    /api/v1/retention                              manage     item   -       {"project":"PROJECT","rules":{},"revision":99}
        POST   /api/v1/retention/plan                         manage     item   -       {"project":"PROJECT"}

        GET    /api/v1/views                                  read       item   -       ?project=PROJECT
        POST   /api/v1/views                                  write      item   -       {"project":"PROJECT","kind":"view","name":"n","body":{}}
        GET    /api/v1/views/{view_id}                        read       item   shared
        PUT    /api/v1/views/{view_id}                        write      item   -       {"name":"n","body":{},"version":99}
        DELETE /api/v1/views/{view_id}                        write      item   -       ?FRESH

        GET    /api/v1/jobs                                   read       list   shared  ?project=PROJECT
        POST   /api/v1/jobs                                   write      item   -       {"project":"PROJECT","kind":"projection","spec":{"method":"pca","embedding":{"run_id":"RUN","tag":"e"}}}
        GET    /api/v1/jobs/{job_id}                          read+work  item   shared
        GET    /api/v1/jobs/{job_id}/result                   read+work  item   shared
        GET    /api/v1/jobs/{job_id}/parts                    read+work  item   shared
        GET    /api/v1/jobs/{job_id}/log                      read       item   -
        POST   /api/v1/jobs/{job_id}/retry                    write      item   -
        DELETE /api/v1/jobs/{job_id}                          write      item   -       ?FRESH
        GET    /api/v1/jobs/{job_id}/coordinates              read       item   shared
        GET    /api/v1/jobs/{job_id}/points                   read       item   shared
        POST   /api/v1/jobs/{job_id}/neighbors                read       item   shared  {"index":0,"count":1}
        GET    /api/v1/jobs/{job_id}/vectors                  read+work  item   -
        GET    /api/v1/projections/sources                    read       item   -       ?project=PROJECT
        POST   /api/v1/projections/describe                   read       item   -       {"project":"PROJECT","spec":{"embedding":{"run_id":"RUN","tag":"e"}}}

        GET    /api/v1/workers                                read       list   -
        POST   /api/v1/workers/lease                          work       list   -       {"worker_id":"w","name":"w","lane":"cpu","kinds":[]}
        POST   /api/v1/jobs/{job_id}/report                   work       item   -       {"token":-1}
        POST   /api/v1/jobs/{job_id}/finish                   work       item   -       {"token":-1,"error":"e"}
        GET    /api/v1/jobs/{job_id}/watch                    work       item   -       ?token=-1

        GET    /api/v1/diagnosis/rules                        read       item   -       ?project=PROJECT
        PUT    /api/v1/diagnosis/rules                        write      item   -       ?project=PROJECT {"overlay":{},"revision":99}
        POST   /api/v1/diagnosis/rules/try                    read       item   -       {"run_id":"RUN"}
        GET    /api/v1/diagnosis/alerts                       manage     item   -       ?project=PROJECT
        PUT    /api/v1/diagnosis/alerts                       manage     item   -       ?project=PROJECT {"revision":99}
        POST   /api/v1/diagnosis/alerts/test                  manage     item   -       {"project":"PROJECT","channel":"webhook"}
        GET    /api/v1/diagnosis/alerts/log                   manage     item   -       ?project=PROJECT

        GET    /api/v1/settings/models                        read       item   -       ?project=PROJECT
        PUT    /api/v1/settings/models                        manage     item   -       ?project=PROJECT {"uploads":"nobody"}
        GET    /api/v1/projects/{project}/export              manage     item   -
        POST   /api/v1/projects/import                        server-manage server -

        GET    /api/v1/keys                                   write      list   -
        POST   /api/v1/keys                                   write      list   -       {}
        GET    /api/v1/keys/{key_id}                          manage     hidden -
        DELETE /api/v1/keys/{key_id}                          manage     hidden -       ?FRESH
        GET    /api/v1/audit                                  manage     item   -       ?project=PROJECT
        POST   /api/v1/share-links                            write      item   -       {"project":"PROJECT","run_ids":["RUN"],"view":"/scalars?project=PROJECT"}
        GET    /api/v1/share-links                            write      item   -       ?project=PROJECT
        POST   /api/v1/share-links/open                       open       secret shared  {"secret":"none"}
        GET    /api/v1/share-links/current                    open       secret shared
        GET    /api/v1/share-links/{link_id}                  write      item   -
        DELETE /api/v1/share-links/{link_id}                  manage     item   -       ?FRESH
        GET    /api/v1/session                                open       list   -
        POST   /api/v1/session                                open       secret -       {}
        DELETE /api/v1/session                                open       list   -
        PUT    /api/v1/session/password                       open       secret -       {}
        POST   /api/v1/session/provider                       open       secret -       {}
        POST   /api/v1/invitations                            manage     item   -       {"project":"PROJECT","role":"viewer"}
        GET    /api/v1/invitations                            manage     item   -       ?project=PROJECT
        DELETE /api/v1/invitations/{invitation_id}            manage     hidden -       ?FRESH
        POST   /api/v1/invitations/look                       open       secret -       {"secret":"none"}
        POST   /api/v1/invitations/open                       open       secret -       {"secret":"none","name":"n","password":"p"}
        GET    /api/v1/people                                 manage     item   -       ?project=PROJECT
        PUT    /api/v1/people/{account_id}                    manage     item   -       {"project":"PROJECT","role":"viewer"}
        PATCH  /api/v1/people/{account_id}                    server     server -       {"disabled":false}
        DELETE /api/v1/people/{account_id}                    manage     item   -       ?FRESH&project=PROJECT

        POST   /hubs/live/negotiate                           read       list   shared  ?negotiateVersion=1
        GET    /hubs/live                                     read       list   shared

        GET    /                                              read       list   -       ?project=PROJECT
        GET    /runs                                          read       list   shared  ?project=PROJECT
        GET    /scalars                                       read       list   shared  ?project=PROJECT
        GET    /distributions                                 read       list   shared  ?project=PROJECT
        GET    /media                                         read       list   shared  ?project=PROJECT
        GET    /hyperparameters                               read       list   shared  ?project=PROJECT
        GET    /scatter                                       read       list   shared  ?project=PROJECT
        GET    /predictions                                   read       list   shared  ?project=PROJECT
        GET    /samples                                       read       list   shared  ?project=PROJECT
        GET    /projections                                   read       list   shared  ?project=PROJECT
        GET    /gradients                                     read       list   shared  ?project=PROJECT
        GET    /weights                                       read       list   shared  ?project=PROJECT
        GET    /features                                      read       list   shared  ?project=PROJECT
        GET    /landscapes                                    read       list   shared  ?project=PROJECT
        GET    /curvature                                     read       list   shared  ?project=PROJECT
        GET    /timeline                                      read       list   shared  ?project=PROJECT
        GET    /checkpoints                                   read       list   shared  ?project=PROJECT
        GET    /compare                                       read       list   shared  ?project=PROJECT
        GET    /diagnosis                                     read       list   shared  ?project=PROJECT
        GET    /reports                                       read       list   shared  ?project=PROJECT
        GET    /jobs                                          read       list   -       ?project=PROJECT
        GET    /links                                         read       list   -       ?project=PROJECT
        GET    /people                                        read       list   -       ?project=PROJECT
        GET    /keys                                          read       list   -       ?project=PROJECT
        GET    /audit                                         read       list   -       ?project=PROJECT
        GET    /account                                       open       list   shared
        GET    /sign-in                                       open       list   shared
        GET    /invitation                                    open       list   shared
        GET    /share                                         open       list   shared
        GET    /embed/{LinkId}                                open       list   shared
        """;

    public static IReadOnlyList<AccessRow> Rows { get; } = [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(AccessRow.Parse)];
}

/// <summary>A line of the table.</summary>
internal sealed record AccessRow(string Method, string Pattern, string Least, string How, bool IsShared, string Query, string? Body)
{
    public static AccessRow Parse(string line)
    {
        var parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var rest = parts.Length > 5 ? parts[5] : "";
        var brace = rest.IndexOf('{', StringComparison.Ordinal);
        var (query, body) = brace < 0 ? (rest, null) : (rest[..brace].Trim(), rest[brace..]);
        return new AccessRow(parts[0], parts[1], parts[2], parts[3], parts[4] == "shared", query, body);
    }

    /// <summary>Whether a role may do it to what is ours.</summary>
    public bool LetsIn(string role) => role switch
    {
        "expired" => false,
        "server" => true,
        _ when Least == "open" => true,
        "anonymous" => false,
        "share" => IsShared,
        "worker" => Least is "work" or "read+work" or "write+work",
        // A key of another project gets in where the answer is of its own.
        "other" => How == "list" && Least is not "work",
        "read" or "viewer" => Least is "read" or "read+work",
        "write" or "member" => Least is "read" or "read+work" or "write" or "write+work",
        "owner" => Least is "read" or "read+work" or "write" or "write+work" or "manage",
        _ => throw new ArgumentException($"No such role: {role}"),
    };

    /// <summary>How it refuses a role.</summary>
    public int[] Refusal(string role) => role switch
    {
        "anonymous" or "expired" => [401],
        // What they cannot see they are not told of; that they lack a right as such they are.
        "other" => How == "server" ? [403] : Least is "manage" or "work" ? [403, 404] : [404],
        "share" => [403, 404],
        "worker" => [403, 404],
        _ => How == "hidden" ? [403, 404, 410] : [403],
    };

    /// <summary>Whether a status says that the request came through, whatever became of it.</summary>
    public bool IsIn(int status) => How == "secret" ? status < 500 : status is not (401 or 403 or 404 or >= 500);
}
