namespace VirtLatency.Model;

/// <summary>One conclusion, or the lack of one, with what it rests on and what to do next.</summary>
public sealed record LatencyFinding
{
    /// <summary>Important (a difference, or a claim that the evidence does not carry), Caution (numbers to read with care) or Information.</summary>
    public required string Severity { get; init; }

    /// <summary>What was found, in one sentence without full stop.</summary>
    public required string Finding { get; init; }

    /// <summary>The numbers, each with its unit, its count of samples and, where there is one, its interval.</summary>
    public required string Evidence { get; init; }

    /// <summary>How sure it is, and why: in words that follow from the test that was made.</summary>
    public required string Confidence { get; init; }

    /// <summary>What could explain the same numbers, or what they do not say.</summary>
    public required string Caveat { get; init; }

    /// <summary>Commands that take the matter further, each on a line, a line with # says where or when; words in capitals are to be filled in.</summary>
    public required string NextStep { get; init; }

    /// <summary>Id of the rule that found it; it stays the same whatever the words.</summary>
    public string Rule { get; init; } = string.Empty;

    /// <summary>The environment compared against; null where the finding is of one environment.</summary>
    public string? ReferenceEnvironment { get; init; }

    /// <summary>The environment that the finding is of; null where it is of hosts only.</summary>
    public string? DifferenceEnvironment { get; init; }

    /// <summary>The compared parts whose tests it rests on, each enough by itself; none where it follows from a count, a definition or a configuration.</summary>
    internal IReadOnlyList<LatencyDifference> Rows { get; init; } = [];
}
