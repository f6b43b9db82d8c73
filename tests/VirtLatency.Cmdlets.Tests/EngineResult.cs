using System.Management.Automation;

namespace VirtLatency.Tests;

/// <summary>What a script left in the engine's streams.</summary>
internal sealed record EngineResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    ErrorRecord? Terminating)
{
    /// <summary>A property of every output object.</summary>
    public IEnumerable<object?> Values(string property) => Output.Select(item => item.Properties[property]?.Value);

    /// <summary>The single output object with the given segment.</summary>
    public PSObject Segment(string id) => Output.Single(item => (string?)item.Properties["Segment"].Value == id);

    public static T? Value<T>(PSObject item, string property) => (T?)item.Properties[property].Value;
}
