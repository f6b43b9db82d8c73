using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-VhostWakeupLog: vhost_wakeup_latency logs of hosts as wake-ups over 50 us, or as statistics of all.</summary>
[Cmdlet(VerbsData.Import, "VhostWakeupLog", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(VhostWakeupSample), typeof(VhostWakeupSummary))]
public sealed class ImportVhostWakeupLogCommand : LogImportCommand
{
    /// <summary>The host's end of the path; the file alone cannot tell it.</summary>
    [Parameter]
    public HostRole? HostRole { get; set; }

    /// <summary>The statistics of all wake-ups, by interval and at the end, instead of single wake-ups.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override HostRole? HostRoleAsked => HostRole;

    private protected override void ReadFile(SampleContext context)
    {
        bool warned = false;
        Read<VhostWakeupRecord>(context, [LogTool.VhostWakeupLatency], (_, visitor) => new VhostWakeupParser(visitor, WriteStatistics), Write, recordsExpected: !Summary);

        void WriteStatistics(VhostWakeupStatistics statistics)
        {
            if (Summary)
            {
                WriteObject(SummaryFactory.From(in statistics, context));
            }
        }

        void Write(in VhostWakeupRecord record)
        {
            if (Summary)
            {
                return;
            }

            if (!warned)
            {
                warned = true;
                WriteWarning($"'{context.File}' holds only the wake-ups above 50 us, for the tool prints no others: their mean says nothing of the usual wake-up. -Summary gives the average of all.");
            }

            WriteObject(SampleFactory.From(in record, context));
        }
    }
}
