using VirtLatency.Model;

namespace VirtLatency.Tests.Findings;

/// <summary>Findings of what the logs of one environment are, and of what lacks.</summary>
public sealed class LogFindingTests
{
    private static readonly PathEnvironment Path = new("path");

    /// <summary>L is 29 us and B_1 30; with gaps of 3 VirtSender is 62: 30 us more are 27 too many.</summary>
    [Fact]
    public void Pieces_that_do_not_fit_into_what_holds_them()
    {
        LatencyFinding finding = FindingAssert.One("PiecesExceedContainer", Path.With(LogRole.SenderTunIrq, new LogTweak { AddedUs = 30, Id = 9 }));

        Assert.Equal("In path the measured B_1 + L exceed VirtSender, which must hold them, by 27.0 us", finding.Finding);
        Assert.StartsWith("Certain of these logs", finding.Confidence, StringComparison.Ordinal);
        Assert.DoesNotContain("alone", finding.Evidence, StringComparison.Ordinal);
        Assert.Contains("L alone exceeds it by", FindingAssert.One("PiecesExceedContainer", Path.With(LogRole.SenderTunIrq, new LogTweak { AddedUs = 90, Id = 9 })).Evidence, StringComparison.Ordinal);
        Assert.Contains("E exceeds VirtReceiver, which must hold it", FindingAssert.One("PiecesExceedContainer", Path.Without(LogRole.ReceiverKvmTun).With(LogRole.ReceiverTunIrq, new LogTweak { AddedUs = 90, Id = 9 })).Finding, StringComparison.Ordinal);
        FindingAssert.None("PiecesExceedContainer", Path);
        FindingAssert.None("PiecesExceedContainer", Path.With(LogRole.SenderTunIrq, new LogTweak { AddedUs = 3, Id = 9 }));
    }

    [Fact]
    public void Direct_layers_that_come_to_more_than_the_whole()
    {
        PathEnvironment odd = Path.With(LogRole.SenderTunIrq, new LogTweak { AddedUs = 40, Id = 9 });

        Assert.Matches(@"^Attribution Direct comes to over 100 %: 1\d\d\.\d % in path$", FindingAssert.One("DirectOverTotal", odd).Finding);
        Assert.Contains("of the difference", FindingAssert.One("DirectOverTotal", odd, new PathEnvironment("other") { WakeupUs = 15 }).Finding, StringComparison.Ordinal);
        FindingAssert.None("DirectOverTotal", Path);
        FindingAssert.None("DirectOverTotal", odd.Without(LogRole.SenderVm));
    }

    [Fact]
    public void Totals_that_the_tool_printed()
    {
        LatencyFinding finding = FindingAssert.One("DoubleCounting", Path.With(LogRole.ReceiverTunIrq, new LogTweak { PrintedTotalUs = 35.5 }));

        Assert.Contains("it is not E", finding.Finding, StringComparison.Ordinal);
        Assert.StartsWith("40 printed totals average 35.5 us; stages 2, 4 and 5 give S1 to S5 as", finding.Evidence, StringComparison.Ordinal);
        Assert.Equal("Import-TunIrqLog '/logs/path/ReceiverTunIrq.log' | Measure-Object TotalUs, PrintedSumUs -Average", finding.NextStep);
        FindingAssert.None("DoubleCounting", Path);
    }

    [Fact]
    public void Packets_of_another_run()
    {
        LatencyFinding finding = FindingAssert.One("PacketsNotJoined", Path.With(LogRole.SenderTunIrq, new LogTweak { Id = 9 }));

        Assert.Equal("In path SenderTunIrq is not of RoundTrip's packets", finding.Finding);
        Assert.Contains("0 of 40 packets are among SenderVm's 40", finding.Evidence, StringComparison.Ordinal);
        FindingAssert.None("PacketsNotJoined", Path);
        FindingAssert.None("PacketsNotJoined", Path.Without(LogRole.SenderVm).With(LogRole.SenderTunIrq, new LogTweak { Id = 9 }));
    }

    /// <summary>The receiver host's External of 200 us more than its VM's own time, without the sender's host seeing it.</summary>
    [Fact]
    public void Numbers_that_do_not_fit_together()
    {
        LatencyFinding finding = FindingAssert.One("ClosureFailed", Path.With(LogRole.ReceiverVm, new LogTweak { AddedUs = 500 }));

        Assert.Contains("ReceiverVm within ReceiverExternal", finding.Finding, StringComparison.Ordinal);
        FindingAssert.None("ClosureFailed", Path);
    }

    [Fact]
    public void Few_samples()
    {
        LatencyFinding finding = FindingAssert.One("TooFewSamples", Path.With(LogRole.SenderKvmTun, new LogTweak { Count = 4 }).With(LogRole.SenderTunIrq, new LogTweak { Count = 1 }));

        Assert.Contains("n = 1 (sender host log of tun_tx_to_kvm_irq) and n = 4 (sender host log of kvm_vhost_tun_latency)", finding.Finding, StringComparison.Ordinal);

        // Student's t of 3 and of 99 degrees of freedom at 97.5 %.
        Assert.Contains("4 samples is 3.18 standard errors to each side, of 100 samples 1.98", finding.Evidence, StringComparison.Ordinal);
        Assert.Contains("no interval and no test", finding.Evidence, StringComparison.Ordinal);
        FindingAssert.None("TooFewSamples", Path);
        FindingAssert.None("TooFewSamples", Path with { Count = 10 });
    }

    [Fact]
    public void Lost_packets()
    {
        Assert.Contains("2 of 42 packets lost", FindingAssert.One("PacketLoss", Path.With(LogRole.SenderPing, new LogTweak { Lost = 2 })).Evidence, StringComparison.Ordinal);
        LatencyFinding dropped = FindingAssert.One("PacketLoss", Path.With(LogRole.SenderHost, new LogTweak { DropCount = 3 }));
        Assert.Contains("SenderHost: 3 packets lost from sight beside 40 complete", dropped.Evidence, StringComparison.Ordinal);
        Assert.Equal("Import-IcmpPathLog '/logs/path/SenderHost.log' -Drop", dropped.NextStep);
        FindingAssert.None("PacketLoss", Path.With(LogRole.SenderHost, new LogTweak { DropCount = 0 }));
    }

    [Fact]
    public void Logs_that_do_not_stand_for_all_packets()
    {
        Assert.Contains("slow packets only", FindingAssert.One("BiasedLog", Path.With(LogRole.SenderVm, new LogTweak { IsBiased = true })).Finding, StringComparison.Ordinal);
        Assert.Contains("the tool lost 4 samples (n 40)", FindingAssert.One("BiasedLog", Path.With(LogRole.SenderVm, new LogTweak { Caveat = "the tool lost 4 samples" })).Evidence, StringComparison.Ordinal);
        FindingAssert.None("BiasedLog", Path);
    }

    [Fact]
    public void Samples_that_flags_keep_out()
    {
        PathEnvironment flagged = Path
            .With(LogRole.SenderVm, new LogTweak { LeftOut = [SampleFlags.StaleFlow, SampleFlags.StaleFlow | SampleFlags.Reordered, SampleFlags.Negative] })
            .With(LogRole.SenderKvmTun, new LogTweak { LeftOut = [SampleFlags.StaleKick] });

        LatencyFinding finding = FindingAssert.One("SamplesLeftOut", flagged);

        Assert.Equal("Samples of path are left out of its means by their flags: SenderVm and SenderKvmTun", finding.Finding);
        Assert.Equal("SenderVm: 3 of 43 (2 StaleFlow, 1 Negative); SenderKvmTun: 1 of 41 (1 StaleKick).", finding.Evidence);
        Assert.Equal(("Caution", "path"), (finding.Severity, finding.DifferenceEnvironment));
        Assert.EndsWith("\n$path = Import-LatencyEnvironment 'path' -IncludeFlagged", finding.NextStep, StringComparison.Ordinal);
        Assert.Equal(2, FindingAssert.Of("SamplesLeftOut", flagged, flagged with { Name = "other" }).Length);
        FindingAssert.None("SamplesLeftOut", Path);
        FindingAssert.None("SamplesLeftOut", Path.With(LogRole.SenderPing, new LogTweak { LeftOut = [SampleFlags.Duplicate] }));
    }

    [Fact]
    public void Missing_logs_come_with_their_commands()
    {
        LatencyFinding finding = FindingAssert.One("MissingLog", Path.Without(LogRole.SenderTunIrq, LogRole.ReceiverHost, LogRole.SenderPing));
        string[] commands = finding.NextStep.Split('\n');

        Assert.Equal("path has no log of ReceiverHost and SenderTunIrq", finding.Finding);
        Assert.Equal(("# on the receiver host", "# on the sender host"), (commands[0], commands[2]));
        Assert.Equal("sudo python3 icmp_drop_detector.py --src-ip 10.0.0.1 --dst-ip 10.0.0.2 --rx-iface NIC --tx-iface VNET --verbose > ReceiverHost.log", commands[1]);
        Assert.Equal("sudo python3 tun_tx_to_kvm_irq.py --device VNET --src-ip 10.0.0.2 --dst-ip 10.0.0.1 --protocol icmp > SenderTunIrq.log", commands[3]);
        Assert.Equal("Caution", FindingAssert.One("MissingLog", Path.Without(LogRole.SenderVm)).Severity);
        FindingAssert.None("MissingLog", Path.Without(LogRole.SenderPing));
    }

    /// <summary>Ping beside the tools is 20 us slower than alone, or just like it.</summary>
    [Fact]
    public void Cost_of_the_tools()
    {
        PathEnvironment bare = new("bare") { Seed = 5, Roles = [LogRole.SenderPing] };

        Assert.Contains("is not measured", FindingAssert.One("Instrumentation", Path).Finding, StringComparison.Ordinal);
        Assert.Contains("is not measured", FindingAssert.One("Instrumentation", Path.Without(LogRole.SenderPing), bare).Finding, StringComparison.Ordinal);
        Assert.Matches(@"make the round trip (19|20|21)\.\d us longer", FindingAssert.One("Instrumentation", Path.With(LogRole.SenderPing, new LogTweak { AddedUs = 20 }), bare).Finding);
        Assert.Equal("Information", FindingAssert.One("Instrumentation", Path, bare).Severity);
        FindingAssert.None("MissingLog", Path, bare);
    }

    /// <summary>The ping without tools beside the logs: 20 us, 0 or unknown, and of each environment by itself.</summary>
    [Fact]
    public void Cost_of_the_tools_within_an_environment()
    {
        PathEnvironment copied = Path with { Roles = [.. PathEnvironment.AllRoles, LogRole.SenderPingWithoutTools] };
        PathEnvironment both = copied.With(LogRole.SenderPingWithoutTools, new LogTweak { Id = 701 });
        PathEnvironment slow = both.With(LogRole.SenderPing, new LogTweak { AddedUs = 20 });

        LatencyFinding cost = FindingAssert.One("Instrumentation", slow);
        Assert.Equal("In path the tools make the round trip 20.0 us longer", cost.Finding);
        Assert.Equal("Caution", cost.Severity);
        Assert.Matches(@"PingRtt \d+\.\d -> \d+\.\d us: \+20\.0 \[\+\d+\.\d, \+\d+\.\d\], n 40/40; the margin is \d+\.\d us", cost.Evidence);
        Assert.StartsWith("Within the runs: these runs differ", cost.Confidence, StringComparison.Ordinal);
        Assert.Equal("In path the tools do not change the round trip by more than the margin", FindingAssert.One("Instrumentation", both).Finding);
        Assert.Equal(2, FindingAssert.Of("Instrumentation", slow, both with { Name = "other" }).Length);
        Assert.Contains("the two are one log", FindingAssert.One("Instrumentation", copied).Evidence, StringComparison.Ordinal);
        FindingAssert.None("ClosureFailed", slow);
        FindingAssert.None("MissingLog", slow);

        LatencyFinding half = FindingAssert.One("Instrumentation", both.Without(LogRole.SenderPing));
        Assert.Contains("one of the ping beside them is missing", half.Evidence, StringComparison.Ordinal);
        Assert.Contains("# the same while no tool runs\nping -D -v -c 1000 -i 0.2 10.0.0.2 > SenderPingWithoutTools.log", half.NextStep, StringComparison.Ordinal);
    }
}
