namespace VirtLatency.Report;

/// <summary>A finding in the report's language.</summary>
public sealed record ReportFinding
{
    /// <summary>Id of the rule that found it.</summary>
    public required string Rule { get; init; }

    /// <summary>Important, Caution or Information: for colours and order.</summary>
    public required string Severity { get; init; }

    /// <summary>The same in the report's language.</summary>
    public required string SeverityText { get; init; }

    /// <summary>What was found, in one sentence without full stop.</summary>
    public required string Statement { get; init; }

    /// <summary>The numbers with counts and intervals.</summary>
    public required string Evidence { get; init; }

    /// <summary>How sure it is, and why.</summary>
    public required string Confidence { get; init; }

    /// <summary>What could explain the same numbers.</summary>
    public required string Caveat { get; init; }

    /// <summary>Commands that take the matter further, a line each; a line with # is a remark.</summary>
    public required IReadOnlyList<string> NextStep { get; init; }
}
