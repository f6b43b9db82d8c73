namespace VirtLatency.CpuIdle.Boot;

/// <summary>Where a piece of a command line comes from.</summary>
/// <param name="File">The file, as the host has it.</param>
/// <param name="Line">Line from 1.</param>
internal sealed record BootOrigin(string File, int Line);
