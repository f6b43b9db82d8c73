using System.Globalization;
using VirtLatency.Model;
using VirtLatency.Parsing;

namespace VirtLatency.Environments;

/// <summary>
/// Puts samples that were piped by hand together to environments: by the samples' environment name, one log per file
/// and role. The same numbers come out as from <see cref="EnvironmentReader"/>.
/// </summary>
public sealed class EnvironmentBuilder
{
    private const string NoName = "(unnamed)";

    private readonly Dictionary<(string Environment, LogTool Tool, LogRole? Role, string? File), SampleStore> _stores = [];

    /// <summary>Adds a sample of any importer.</summary>
    /// <param name="sample">The sample.</param>
    /// <returns>False when the object is no sample.</returns>
    public bool TryAdd(object sample)
    {
        switch (sample)
        {
            case IcmpRttSample rtt:
                Add(rtt);
                return true;
            case IcmpPathSample path:
                Add(path);
                return true;
            case TunIrqChain chain:
                Add(chain);
                return true;
            case KvmTunSample kvm:
                Add(kvm);
                return true;
            case PingSample ping:
                Add(ping);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The environments, in the order of their first sample.</summary>
    /// <returns>One per name.</returns>
    public IEnumerable<LatencyEnvironment> Build()
    {
        foreach (var group in _stores.GroupBy(item => item.Key.Environment))
        {
            EnvironmentLog[] logs = group
                .Select(item => ToLog(item.Key.Tool, item.Key.Role, item.Key.File, item.Value))
                .OrderBy(log => log.RoleValue ?? (LogRole)int.MaxValue)
                .ToArray();
            yield return new LatencyEnvironment(group.Key, null, logs);
        }
    }

    private static EnvironmentLog ToLog(LogTool tool, LogRole? role, string? file, SampleStore store) => new()
    {
        Role = role?.ToString(),
        RoleValue = role,
        Tool = LogToolName.Of(tool),
        ToolValue = tool,
        File = file,
        Reason = "samples piped by hand",
        Store = store,
    };

    private void Add(IcmpRttSample sample)
    {
        LogRole role = sample.Direction == "Tx" ? LogRole.SenderVm : LogRole.ReceiverVm;
        var flow = new SampleFlow(RunOf(sample.Run), AddressText.NumberOf(sample.Source), AddressText.NumberOf(sample.Destination), null, -1);
        StoreOf(sample.Environment, LogTool.KernelIcmpRtt, role, sample.File).Add(
            in flow, (ushort)sample.IcmpId, (ushort)sample.Sequence, FlagsOf(sample.Flag), sample.Counted,
            Stored(sample.Path1Us, sample.InterPathUs, sample.Path2Us, sample.TotalRttUs));
    }

    private void Add(IcmpPathSample sample)
    {
        LogRole? role = RoleOn(LogTool.IcmpDropDetector, sample.HostRole);
        var flow = new SampleFlow(RunOf(sample.Run), AddressText.NumberOf(sample.Source), AddressText.NumberOf(sample.Destination), null, -1);
        StoreOf(sample.Environment, LogTool.IcmpDropDetector, role, sample.File).Add(
            in flow, (ushort)sample.IcmpId, (ushort)sample.Sequence, FlagsOf(sample.Flag), sample.Counted,
            Stored(sample.ReqInternalUs, sample.ExternalUs, sample.RepInternalUs, sample.TotalUs));
    }

    private void Add(TunIrqChain chain)
    {
        LogRole? role = RoleOn(LogTool.TunTxToKvmIrq, chain.HostRole);
        var flow = new SampleFlow(RunOf(chain.Run), AddressText.NumberOf(chain.Source), AddressText.NumberOf(chain.Destination), chain.Device, chain.Queue ?? -1);
        StoreOf(chain.Environment, LogTool.TunTxToKvmIrq, role, chain.File).Add(
            in flow, (ushort)(chain.IcmpId ?? 0), (ushort)(chain.Sequence ?? 0), FlagsOf(chain.Flag), chain.Counted,
            Stored(chain.S1ToS2Us, chain.S2ToS3Us, chain.S2ToS4Us, chain.S4ToS5Us));
    }

    private void Add(KvmTunSample sample)
    {
        LogRole? role = RoleOn(LogTool.KvmVhostTunLatency, sample.HostRole);
        var flow = new SampleFlow(1, 0, 0, sample.Device, sample.Queue ?? -1);
        StoreOf(sample.Environment, LogTool.KvmVhostTunLatency, role, sample.File).Add(
            in flow, 0, 0, FlagsOf(sample.Flag), sample.Counted, Stored(sample.S0Us, sample.S1Us, sample.S2Us, sample.TotalUs));
    }

    private void Add(PingSample sample)
    {
        SampleStore store = StoreOf(sample.Environment, LogTool.Ping, LogRole.SenderPing, sample.File);
        var flow = new SampleFlow(RunOf(sample.Run), AddressText.NumberOf(sample.Source), AddressText.NumberOf(sample.Destination), null, -1);
        if (sample.Lost)
        {
            store.AddLost(in flow, (ushort)(sample.IcmpId ?? 0), (ushort)sample.Sequence);
            return;
        }

        store.Add(
            in flow, (ushort)(sample.IcmpId ?? 0), (ushort)sample.Sequence, FlagsOf(sample.Flag), sample.Counted,
            Stored(sample.RttUs, null, null, null));
    }

    private SampleStore StoreOf(string? environment, LogTool tool, LogRole? role, string? file)
    {
        (string, LogTool, LogRole?, string?) key = (environment ?? NoName, tool, role, file);
        if (!_stores.TryGetValue(key, out SampleStore? store))
        {
            _stores.Add(key, store = new SampleStore(SampleSchema.Of(tool)));
        }

        return store;
    }

    private static LogRole? RoleOn(LogTool tool, string? hostRole) =>
        Enum.TryParse(hostRole, out HostRole host) ? LogRoleName.OnHost(tool, host) : null;

    private static long[] Stored(double? first, double? second, double? third, double? fourth) =>
        [Latency.FromMicroseconds(first), Latency.FromMicroseconds(second), Latency.FromMicroseconds(third), Latency.FromMicroseconds(fourth)];

    private static int RunOf(string? run) => int.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1;

    private static SampleFlags FlagsOf(string? flag) => Enum.TryParse(flag, out SampleFlags flags) ? flags : SampleFlags.None;
}
