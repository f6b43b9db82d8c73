using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-KvmTunLog: kvm_vhost_tun_latency logs of hosts as samples, or their closing averages.</summary>
[Cmdlet(VerbsData.Import, "KvmTunLog", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(KvmTunSample), typeof(KvmTunSummary))]
public sealed class ImportKvmTunLogCommand : LogImportCommand
{
    /// <summary>The host's end of the path; the file alone cannot tell it.</summary>
    [Parameter]
    public HostRole? HostRole { get; set; }

    /// <summary>The averages that the tool printed at its end instead of samples.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override HostRole? HostRoleAsked => HostRole;

    private protected override void ReadFile(SampleContext context)
    {
        KvmTunParser? parser = null;
        Read<KvmTunRecord>(context, [LogTool.KvmVhostTunLatency], (_, visitor) => parser = new KvmTunParser(visitor), Write, recordsExpected: !Summary);
        if (Summary)
        {
            foreach (KvmTunAverage average in parser!.Averages)
            {
                WriteObject(SampleFactory.From(average, parser.Facts, context));
            }
        }

        void Write(in KvmTunRecord record)
        {
            if (!Summary)
            {
                WriteObject(SampleFactory.From(in record, parser!.Facts, context));
            }
        }
    }
}
