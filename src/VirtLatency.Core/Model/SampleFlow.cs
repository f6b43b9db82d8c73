using System.Runtime.InteropServices;

namespace VirtLatency.Model;

/// <summary>What packets of one flow share.</summary>
/// <param name="Run">Run in the file, as text.</param>
/// <param name="Source">Source address; 0 where not told.</param>
/// <param name="Destination">Destination address; 0 where not told.</param>
/// <param name="Device">The tap device; null where not told.</param>
/// <param name="Queue">Queue; -1 where not told.</param>
public readonly record struct SampleFlow(int Run, uint Source, uint Destination, string? Device, int Queue);
