using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>A parser with its visitor.</summary>
/// <typeparam name="TRecord">The tool's record.</typeparam>
public abstract class LogParser<TRecord> : LogParser
    where TRecord : struct
{
    private protected LogParser(LogTool tool, ILogVisitor<TRecord> visitor)
        : base(tool) => Visitor = visitor;

    private protected ILogVisitor<TRecord> Visitor { get; }

    private protected override void Issue(long line, string message) => Visitor.Issue(new ParseIssue(line, message));
}
