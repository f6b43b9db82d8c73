namespace VirtLatency.Parsing;

/// <summary>Damage in a log: where it is, what was found and what was expected there.</summary>
/// <param name="Line">Line number, counted from 1.</param>
/// <param name="Message">What was found and what was expected, in one sentence.</param>
public readonly record struct ParseIssue(long Line, string Message);
