using VirtLatency.Parsing;

namespace VirtLatency.Tests.Parsing;

/// <summary>Keeps what a parser finds.</summary>
internal sealed class Collector<TRecord> : ILogVisitor<TRecord>
    where TRecord : struct
{
    public List<TRecord> Records { get; } = [];

    public List<ParseIssue> Issues { get; } = [];

    public void Record(in TRecord record) => Records.Add(record);

    public void Issue(ParseIssue issue) => Issues.Add(issue);
}
