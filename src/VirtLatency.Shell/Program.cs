using VirtLatency.Shell;

return ShellProgram.Run(args);
