using VirtLatency.LogWriter;

return LogWriterCommand.Run(args, Console.Out, Console.Error);
