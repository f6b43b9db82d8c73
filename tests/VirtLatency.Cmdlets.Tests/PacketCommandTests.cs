namespace VirtLatency.Tests;

public sealed class PacketCommandTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    /// <summary>Sequence 4 as printed: External 579.5 and 420.2; 756.593 - 11.897 - 20.483 - 612.9; 392.0 - 46.033.</summary>
    [Fact]
    public void A_packet_goes_through_all_logs()
    {
        EngineResult result = _engine.Run("Import-LatencyEnvironment ./examples/data/zbs | Get-PacketBreakdown");

        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Range(1, 16).Cast<object>(), result.Values("Sequence"));
        Assert.Equal(159.3, EngineResult.Value<double?>(result.Output[3], "HostToHostUs")!.Value, 6);
        Assert.Equal(111.313, EngineResult.Value<double?>(result.Output[3], "VirtSenderUs")!.Value, 6);
        Assert.Equal(345.967, EngineResult.Value<double?>(result.Output[3], "VirtReceiverUs")!.Value, 6);
        Assert.Null(EngineResult.Value<double?>(result.Output[3], "SegmentLUs"));
        Assert.Equal("First", EngineResult.Value<string>(result.Output[0], "Flag"));
    }

    [Fact]
    public void Samples_piped_by_hand_give_the_same_packets_and_checks()
    {
        const string Piped = "& { Import-IcmpRttLog ./examples/data/zbs/sfsvm-*.log; Import-IcmpPathLog ./examples/data/zbs/zbshost-sender.log, ./examples/data/zbs/zbshost-receiver.log; Import-TunIrqLog ./examples/data/zbs/zbshost-vhost-*.log; Import-KvmTunLog ./examples/data/zbs/zbshost-kvm-tx.log -HostRole Sender }";

        Assert.Equal(
            _engine.Run("Import-LatencyEnvironment ./examples/data/zbs | Get-PacketBreakdown").Values("VirtSenderUs"),
            _engine.Run(Piped + " | Get-PacketBreakdown").Values("VirtSenderUs"));
        Assert.Equal(
            _engine.Run("Import-LatencyEnvironment ./examples/data/zbs | Get-LatencyClosure").Values("ResidualUs"),
            _engine.Run(Piped + " | Get-LatencyClosure").Values("ResidualUs"));
    }

    [Fact]
    public void Verbose_output_accounts_for_every_log_and_a_warning_for_none()
    {
        EngineResult joined = _engine.Run("Import-LatencyEnvironment ./examples/data/smtx | Get-PacketBreakdown -Verbose");
        EngineResult none = _engine.Run("Import-LatencyEnvironment ./examples/data/zbs-c6off | Get-PacketBreakdown");

        Assert.Contains("smtx: 16 of 16 packets are in all of SenderVm, ReceiverVm, SenderHost, ReceiverHost.", joined.Verbose);
        Assert.Contains("smtx: SenderTunIrq (oshost-vhost-rerecv-reply.log): 0 of 16 matched, 16 unmatched.", joined.Verbose);
        Assert.Empty(joined.Warnings);
        Assert.Empty(none.Output);
        Assert.StartsWith("No packet of 'zbs-c6off' is in two of its logs", Assert.Single(none.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exported_environment_joins_as_before()
    {
        using var folder = new TemporaryFolder();
        EngineResult result = _engine.Run($"$e = Import-LatencyEnvironment ./examples/data/zbs; $e | Export-LatencyEnvironment '{folder.Path}/kept.vlenv'; (Get-PacketBreakdown $e).HostToHostUs; Import-LatencyEnvironment '{folder.Path}/kept.vlenv' | Get-PacketBreakdown | ForEach-Object HostToHostUs");

        object[] values = [.. result.Output.Select(value => value.BaseObject).Where(value => value is double)];
        Assert.Equal(32, values.Length);
        Assert.Equal(values[..16], values[16..]);
    }

    [Theory]
    [InlineData("Get-PacketBreakdown")]
    [InlineData("Get-LatencyClosure")]
    public void Other_objects_are_refused(string command)
    {
        EngineResult result = _engine.Run($"'text' | {command}");

        Assert.Equal("InputNotLatencyData", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(result.Output);
    }
}
