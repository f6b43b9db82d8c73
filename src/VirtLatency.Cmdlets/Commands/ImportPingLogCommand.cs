using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-PingLog: output of ping as one object per answer and per lost packet.</summary>
[Cmdlet(VerbsData.Import, "PingLog", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(PingSample))]
public sealed class ImportPingLogCommand : LogImportCommand
{
    private protected override void ReadFile(SampleContext context) => Read<PingRecord>(
        context,
        [LogTool.Ping],
        (_, visitor) => new PingParser(visitor),
        (in PingRecord record) => WriteObject(SampleFactory.From(in record, context)));
}
