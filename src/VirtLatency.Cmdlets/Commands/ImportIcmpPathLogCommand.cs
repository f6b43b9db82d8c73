using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-IcmpPathLog: icmp_drop_detector logs of hosts as samples, or the drops that they report.</summary>
[Cmdlet(VerbsData.Import, "IcmpPathLog", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(IcmpPathSample), typeof(IcmpDrop))]
public sealed class ImportIcmpPathLogCommand : LogImportCommand
{
    /// <summary>The host's end of the path, where the header's interfaces do not tell.</summary>
    [Parameter]
    public HostRole? HostRole { get; set; }

    /// <summary>The packets that the tool saw no end of, instead of samples.</summary>
    [Parameter]
    public SwitchParameter Drop { get; set; }

    private protected override HostRole? HostRoleAsked => HostRole;

    private protected override void ReadFile(SampleContext context)
    {
        IcmpPathParser? parser = null;
        bool warned = false;
        Read<IcmpPathRecord>(context, [LogTool.IcmpDropDetector], (_, visitor) => parser = new IcmpPathParser(visitor, WriteDrop), Write, recordsExpected: !Drop);

        void Write(in IcmpPathRecord record)
        {
            if (!Drop)
            {
                WriteObject(SampleFactory.From(in record, parser!.Facts, RoleOf(parser.Facts), context));
            }
        }

        void WriteDrop(IcmpDropRecord record)
        {
            if (Drop)
            {
                WriteObject(SampleFactory.From(in record, RoleOf(parser!.Facts), context));
            }
        }

        HostRole? RoleOf(LogFacts facts)
        {
            HostRole? role = HostRole ?? HostRoles.OfInterfaces(facts);
            if (role is null && !warned)
            {
                warned = true;
                WriteWarning($"The header of '{context.File}' does not tell the sender's host from the receiver's; give -HostRole. Without it the samples enter no segment.");
            }

            return role;
        }
    }
}
