using System.Text;
using VirtLatency.LogWriter;
using VirtLatency.Parsing;

namespace VirtLatency.Tests.RoundTrip;

/// <summary>Writes a log, parses it, and keeps the records.</summary>
internal sealed class Collector<TRecord> : ILogVisitor<TRecord>
    where TRecord : struct
{
    public List<TRecord> Records { get; } = [];

    public List<ParseIssue> Issues { get; } = [];

    public LineTally Tally { get; private set; } = new();

    public static Collector<TRecord> Of(string log, Func<ILogVisitor<TRecord>, LogParser> parserOf)
    {
        var collector = new Collector<TRecord>();
        LogParser parser = parserOf(collector);
        parser.ReadAll(new LogLineReader(new MemoryStream(Encoding.UTF8.GetBytes(log))));
        collector.Tally = parser.Tally;
        return collector;
    }

    public static string Generate(string name, FigureGenerator figures, int count)
    {
        using var output = new StringWriter();
        GeneratedLog.Write(name, figures, count, output);
        return output.ToString();
    }

    public void Record(in TRecord record) => Records.Add(record);

    public void Issue(ParseIssue issue) => Issues.Add(issue);
}
