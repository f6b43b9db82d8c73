namespace VirtLatency.LogWriter;

/// <summary>One wake-up of a vhost worker.</summary>
/// <param name="Elapsed">Time since the tool's start.</param>
/// <param name="Command">Name of the worker, such as vhost-73801.</param>
/// <param name="Pid">Thread id of the worker.</param>
/// <param name="LatencyUs">From the wake-up to the worker's running, in us; printed only above 50.</param>
/// <param name="WakerCpu">The CPU that woke it.</param>
/// <param name="TargetCpu">The CPU that it was woken for.</param>
/// <param name="RunCpu">The CPU that it ran on.</param>
public sealed record VhostWakeupFigure(
    TimeSpan Elapsed, string Command, int Pid, decimal LatencyUs, int WakerCpu, int TargetCpu, int RunCpu);
