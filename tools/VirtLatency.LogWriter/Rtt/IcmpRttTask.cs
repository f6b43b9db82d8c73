namespace VirtLatency.LogWriter;

/// <summary>The task that a path's first stage ran in.</summary>
/// <param name="Pid">Its process id; 0 is the idle task.</param>
/// <param name="Command">Its name, such as ping or swapper/1; may hold blanks.</param>
public sealed record IcmpRttTask(int Pid, string Command);
