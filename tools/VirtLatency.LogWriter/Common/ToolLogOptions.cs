namespace VirtLatency.LogWriter;

/// <summary>What every tool's log may lack: a log killed by SIGTERM has no footer, a rotated one no header.</summary>
public abstract record ToolLogOptions
{
    /// <summary>Whether <see cref="ToolLogWriter{TFigure}.WriteLog"/> writes the tool's header.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether <see cref="ToolLogWriter{TFigure}.WriteLog"/> writes what the tool prints after Ctrl-C.</summary>
    public bool HasFooter { get; init; } = true;
}
