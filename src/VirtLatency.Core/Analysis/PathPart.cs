using VirtLatency.Model;

namespace VirtLatency.Analysis;

/// <summary>A part of the path that one column of one log measures.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The part that holds it.</param>
/// <param name="Name">What it is, in at most 19 characters.</param>
/// <param name="Direction">Request, TurnRound, Reply or Both.</param>
/// <param name="Location">Where it lies, with its end points.</param>
/// <param name="Role">The log; null for parts that no log measures alone.</param>
/// <param name="Column">The column.</param>
internal sealed record PathPart(string Id, string? Parent, string Name, string Direction, string Location, LogRole? Role, SampleColumn Column);
