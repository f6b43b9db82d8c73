using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-KvmTunLog: kvm_vhost_tun_latency logs of hosts as samples, or their averages and histograms.</summary>
[Cmdlet(VerbsData.Import, "KvmTunLog", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(KvmTunSample), typeof(KvmTunSummary))]
public sealed class ImportKvmTunLogCommand : LogImportCommand
{
    /// <summary>The host's end of the path; the file alone cannot tell it.</summary>
    [Parameter]
    public HostRole? HostRole { get; set; }

    /// <summary>The averages that the tool printed at its end, or the summary tool's histograms, instead of samples.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override HostRole? HostRoleAsked => HostRole;

    private protected override void ReadFile(SampleContext context)
    {
        if (Summary)
        {
            ReadSummary(context);
        }
        else
        {
            ReadSamples(context);
        }
    }

    private void ReadSamples(SampleContext context)
    {
        KvmTunParser? parser = null;
        bool any = false;
        Read<KvmTunRecord>(context, [LogTool.KvmVhostTunLatency, LogTool.KvmVhostTunSummary], ParserOf, Write, recordsExpected: false);
        if (!any)
        {
            throw parser!.Averages.Count > 0
                ? LogFileException.NoRecord(context.File, parser.Facts.Tool, "It holds averages only, as --no-detail gives them: read them with -Summary.")
                : LogFileException.NoRecord(context.File, parser.Facts.Tool);
        }

        LogParser ParserOf(LogIdentity identity, ILogVisitor<KvmTunRecord> visitor) => identity.Tool == LogTool.KvmVhostTunSummary
            ? throw LogFileException.NoRecord(context.File, identity.Tool)
            : parser = new KvmTunParser(visitor);

        void Write(in KvmTunRecord record)
        {
            any = true;
            WriteObject(SampleFactory.From(in record, parser!.Facts, context));
        }
    }

    private void ReadSummary(SampleContext context)
    {
        LogParser? parser = null;
        Read<KvmTunRecord>(context, [LogTool.KvmVhostTunLatency, LogTool.KvmVhostTunSummary], ParserOf, static (in KvmTunRecord _) => { }, recordsExpected: false);

        LogParser ParserOf(LogIdentity identity, ILogVisitor<KvmTunRecord> visitor) => parser = identity.Tool == LogTool.KvmVhostTunSummary
            ? new KvmTunSummaryParser(new HistogramVisitor(visitor, Write))
            : new KvmTunParser(visitor, WriteAverage);

        void WriteAverage(KvmTunAverage average) => WriteObject(SummaryFactory.From(average, parser!.Facts, context));

        void Write(in KvmTunHistogram histogram) => WriteObject(SummaryFactory.From(in histogram, parser!.Facts, context));
    }

    /// <summary>Writes histograms as they come, and leaves damage to who counts it.</summary>
    private sealed class HistogramVisitor(ILogVisitor<KvmTunRecord> issues, RecordAction<KvmTunHistogram> write) : ILogVisitor<KvmTunHistogram>
    {
        public void Record(in KvmTunHistogram record) => write(in record);

        public void Issue(ParseIssue issue) => issues.Issue(issue);
    }
}
