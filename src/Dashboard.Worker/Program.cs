using Dashboard.Worker;

// An engine is started by a worker alone and takes no options.
return args is ["engine"] ? await EngineProgram.RunAsync() : await WorkerProgram.RunAsync(args);
