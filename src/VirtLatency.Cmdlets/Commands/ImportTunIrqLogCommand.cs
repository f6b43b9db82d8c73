using System.Management.Automation;
using VirtLatency.Common;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Commands;

/// <summary>Import-TunIrqLog: tun_tx_to_kvm_irq logs of hosts as chains.</summary>
[Cmdlet(VerbsData.Import, "TunIrqLog", DefaultParameterSetName = ParameterSets.Path)]
[OutputType(typeof(TunIrqChain))]
public sealed class ImportTunIrqLogCommand : LogImportCommand
{
    /// <summary>The host's end of the path; without it each chain's ICMP type tells.</summary>
    [Parameter]
    public HostRole? HostRole { get; set; }

    /// <summary>Only chains of these ICMP types (8 request, 0 reply).</summary>
    [Parameter]
    [ValidateRange(0, 255)]
    public int[]? IcmpType { get; set; }

    /// <summary>Only chains of these tap devices.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Device { get; set; }

    private protected override HostRole? HostRoleAsked => HostRole;

    private protected override void ReadFile(SampleContext context)
    {
        WildcardPattern[]? devices = Device?.Select(name => WildcardPattern.Get(name, WildcardOptions.None)).ToArray();
        Read<TunChainRecord>(context, [LogTool.TunTxToKvmIrq], ParserOf, Write);

        static LogParser ParserOf(LogIdentity identity, ILogVisitor<TunChainRecord> visitor) =>
            identity.Layout == LogLayout.Json ? new TunIrqJsonParser(visitor) : new TunIrqParser(visitor);

        void Write(in TunChainRecord record)
        {
            string device = record.Device ?? string.Empty;
            if ((IcmpType is null || IcmpType.Contains(record.IcmpType)) && (devices is null || devices.Any(pattern => pattern.IsMatch(device))))
            {
                WriteObject(SampleFactory.From(in record, context));
            }
        }
    }
}
