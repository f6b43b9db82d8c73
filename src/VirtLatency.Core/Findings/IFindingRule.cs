using VirtLatency.Model;

namespace VirtLatency.Findings;

/// <summary>
/// One kind of conclusion: what evidence it needs, and what it says when it finds it. A rule looks at roles, levels and
/// numbers, never at the names of files or environments.
/// </summary>
internal interface IFindingRule
{
    /// <summary>A stable PascalCase id for scripts.</summary>
    string Id { get; }

    /// <summary>What the rule finds; nothing where it has no evidence.</summary>
    IEnumerable<LatencyFinding> Of(FindingInput input);
}
