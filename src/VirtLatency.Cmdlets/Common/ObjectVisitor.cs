using VirtLatency.Environments;
using VirtLatency.Parsing;

namespace VirtLatency.Common;

/// <summary>Hands each record on as it is found: the objects' side of a parser.</summary>
internal sealed class ObjectVisitor<TRecord>(string path, IImportReport report, RecordAction<TRecord> write) : ILogVisitor<TRecord>
    where TRecord : struct
{
    public long RecordCount { get; private set; }

    public long IssueCount { get; private set; }

    public void Record(in TRecord record)
    {
        RecordCount++;
        write(in record);
    }

    public void Issue(ParseIssue issue)
    {
        IssueCount++;
        if (IssueCount <= LineAccount.MostReportedIssues)
        {
            report.LineProblem(path, issue);
        }
    }
}
