using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-IcmpRttLog: kernel_icmp_rtt logs of VMs as samples.</summary>
[Cmdlet(VerbsData.Import, "IcmpRttLog", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(IcmpRttSample))]
public sealed class ImportIcmpRttLogCommand : LogImportCommand
{
    private protected override void ReadFile(SampleContext context) => Read<IcmpRttRecord>(
        context,
        [LogTool.KernelIcmpRtt],
        (_, visitor) => new IcmpRttParser(visitor),
        (in IcmpRttRecord record) => WriteObject(SampleFactory.From(in record, context)));
}
