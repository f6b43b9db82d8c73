using System.Globalization;
using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Makes the flat rows that people see from the parsers' records: nanoseconds become microseconds here.</summary>
public static class SampleFactory
{
    /// <summary>A row of kernel_icmp_rtt.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static IcmpRttSample From(in IcmpRttRecord record, SampleContext context) => new()
    {
        Environment = context.Environment,
        Direction = record.IsTx ? "Tx" : "Rx",
        Timestamp = record.Timestamp,
        Source = AddressText.Of(record.Source),
        Destination = AddressText.Of(record.Destination),
        IcmpId = record.IcmpId,
        Sequence = record.Sequence,
        Run = RunText(record.Run),
        Path1Us = Latency.ToMicroseconds(record.Path1),
        InterPathUs = Latency.ToMicroseconds(record.InterPath),
        Path2Us = Latency.ToMicroseconds(record.Path2),
        TotalRttUs = Latency.ToMicroseconds(record.TotalRtt),
        Stage0To1Us = Latency.ToMicroseconds(record.Stage0To1),
        Stage1To2Us = Latency.ToMicroseconds(record.Stage1To2),
        Stage0To2Us = Latency.ToMicroseconds(record.Stage0To2 == Latency.Missing ? Latency.Sum(record.Stage0To1, record.Stage1To2) : record.Stage0To2),
        Stage3To4Us = Latency.ToMicroseconds(record.Stage3To4),
        Stage4To5Us = Latency.ToMicroseconds(record.Stage4To5),
        Stage3To5Us = Latency.ToMicroseconds(record.Stage3To5 == Latency.Missing ? Latency.Sum(record.Stage3To4, record.Stage4To5) : record.Stage3To5),
        Path2Cpu = NotNegative(record.Path2Cpu),
        Path2Idle = record.Path2Idle,
        Flag = SampleSelection.TextOf(record.Flags),
        File = context.File,
        Line = record.Line,
        Counted = context.Selection.Counts(record.Flags),
    };

    /// <summary>A row of icmp_drop_detector.</summary>
    /// <param name="record">The record.</param>
    /// <param name="facts">The log's header.</param>
    /// <param name="hostRole">The host that the log was taken on.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static IcmpPathSample From(in IcmpPathRecord record, LogFacts facts, HostRole? hostRole, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = hostRole?.ToString(),
        Timestamp = record.Timestamp,
        Source = facts.Source,
        Destination = facts.Destination,
        IcmpId = record.IcmpId,
        Sequence = record.Sequence,
        Run = RunText(record.Run),
        ReqInternalUs = Latency.ToMicroseconds(record.ReqInternal),
        ExternalUs = Latency.ToMicroseconds(record.External),
        RepInternalUs = Latency.ToMicroseconds(record.RepInternal),
        TotalUs = Latency.ToMicroseconds(record.Total),
        Flag = SampleSelection.TextOf(record.Flags),
        File = context.File,
        Line = record.Line,
        Counted = context.Selection.Counts(record.Flags),
    };

    /// <summary>A packet that icmp_drop_detector lost sight of.</summary>
    /// <param name="record">The record.</param>
    /// <param name="hostRole">The host that the log was taken on.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static IcmpDrop From(in IcmpDropRecord record, HostRole? hostRole, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = hostRole?.ToString(),
        Timestamp = record.Timestamp,
        Source = AddressText.Of(record.Source),
        Destination = AddressText.Of(record.Destination),
        IcmpId = record.IcmpId,
        Sequence = record.Sequence,
        Run = RunText(record.Run),
        DropLocation = record.Location.ToString(),
        File = context.File,
        Line = record.Line,
    };

    /// <summary>A row of tun_tx_to_kvm_irq.</summary>
    /// <param name="record">The chain.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static TunIrqChain From(in TunChainRecord record, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = (context.HostRole ?? HostRoles.OfIcmpType(record.IcmpType))?.ToString(),
        Device = record.Device,
        Queue = NotNegative(record.Queue),
        UptimeSeconds = record.UptimeNanoseconds < 0 ? null : record.UptimeNanoseconds / 1e9,
        IcmpType = NotNegative(record.IcmpType),
        IcmpId = NotNegative(record.IcmpId),
        Sequence = NotNegative(record.Sequence),
        Run = RunText(record.Run),
        Source = record.Source == 0 ? null : AddressText.Of(record.Source),
        Destination = record.Destination == 0 ? null : AddressText.Of(record.Destination),
        LastStage = record.LastStage,
        S1ToS2Us = Latency.ToMicroseconds(record.Delay2),
        S2ToS3Us = Latency.ToMicroseconds(record.Delay3),
        S3ToS4Us = Latency.ToMicroseconds(record.S3ToS4),
        S4ToS5Us = Latency.ToMicroseconds(record.Delay5),
        TotalUs = Latency.ToMicroseconds(record.Total),
        S1ToS4Us = Latency.ToMicroseconds(record.S1ToS4),
        S2ToS4Us = Latency.ToMicroseconds(record.Delay4),
        PrintedSumUs = Latency.ToMicroseconds(record.PrintedSum),
        WorkerTid = NotNegative(record.WorkerTid),
        WorkerCpu = NotNegative(record.WorkerCpu),
        IrqCpu = NotNegative(record.IrqCpu),
        IrqCpuIdle = record.IrqCpuIdle,
        Flag = SampleSelection.TextOf(record.Flags),
        File = context.File,
        Line = record.Line,
        Counted = context.Selection.Counts(record.Flags),
    };

    /// <summary>A row of kvm_vhost_tun_latency_details.</summary>
    /// <param name="record">The record.</param>
    /// <param name="facts">The log's header.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static KvmTunSample From(in KvmTunRecord record, LogFacts facts, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = context.HostRole?.ToString(),
        Device = facts.Device,
        Time = TimeOnly.FromTimeSpan(TimeSpan.FromMilliseconds(record.TimeOfDay)).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        WorkerTid = record.WorkerTid,
        Queue = record.Queue,
        S0Us = Latency.ToMicroseconds(record.S0),
        S1Us = Latency.ToMicroseconds(record.S1),
        S2Us = Latency.ToMicroseconds(record.S2),
        TotalUs = Latency.ToMicroseconds(record.Total),
        Flag = SampleSelection.TextOf(record.Flags),
        File = context.File,
        Line = record.Line,
        Counted = context.Selection.Counts(record.Flags),
    };

    /// <summary>A row of ping.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static PingSample From(in PingRecord record, SampleContext context) => new()
    {
        Environment = context.Environment,
        Source = record.Source,
        Destination = record.Destination,
        IcmpId = NotNegative(record.IcmpId),
        Sequence = record.Sequence,
        RttUs = Latency.ToMicroseconds(record.Rtt),
        Lost = record.Loss != LossEvidence.None,
        Duplicate = record.Flags.HasFlag(SampleFlags.Duplicate),
        Timestamp = record.Timestamp,
        Run = RunText(record.Run),
        LossEvidence = record.Loss == LossEvidence.None ? null : record.Loss.ToString(),
        Flag = SampleSelection.TextOf(record.Flags),
        File = context.File,
        Line = record.Line,
        Counted = context.Selection.Counts(record.Flags),
    };

    /// <summary>A row of vhost_wakeup_latency.</summary>
    /// <param name="record">The wake-up.</param>
    /// <param name="context">What the file's samples share.</param>
    /// <returns>The row.</returns>
    public static VhostWakeupSample From(in VhostWakeupRecord record, SampleContext context) => new()
    {
        Environment = context.Environment,
        HostRole = context.HostRole?.ToString(),
        WorkerName = record.WorkerName,
        WorkerTid = record.WorkerTid,
        LatencyUs = Latency.ToMicroseconds(record.Latency),
        WakerCpu = record.WakerCpu,
        TargetCpu = record.TargetCpu,
        RunCpu = record.RunCpu,
        Run = RunText(record.Run),
        File = context.File,
        Line = record.Line,
    };

    internal static string RunText(int run) => run.ToString(CultureInfo.InvariantCulture);

    private static int? NotNegative(int value) => value < 0 ? null : value;
}
