using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis.Joining;

/// <summary>What came out of a log in the simulation, with the packet that it truly was.</summary>
internal readonly record struct SeenRecord(LogRole Role, int Truth, bool IsDuplicate);
