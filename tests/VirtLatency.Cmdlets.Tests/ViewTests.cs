using System.Management.Automation;
using System.Management.Automation.Internal;
using VirtLatency.Shell;

namespace VirtLatency.Tests;

/// <summary>What a person sees: the default views at 80 columns, the wide ones at 120.</summary>
public sealed class ViewTests
{
    private const string Environments = "$a, $b, $c = Import-LatencyEnvironment ./examples/data/smtx, ./examples/data/zbs, ./examples/data/zbs-c6off; ";

    [Theory]
    [InlineData("Get-SegmentBreakdown $b")]
    [InlineData("Get-SegmentBreakdown $b -Level Stage")]
    [InlineData("Get-SegmentBreakdown $b -Level Layer -Detail")]
    [InlineData("Get-SegmentBreakdown $b -Level Layer -Detail | Format-Table -View Note")]
    [InlineData("Get-PacketBreakdown $b")]
    [InlineData("Get-LatencyClosure $b")]
    [InlineData("Get-LatencyClosure $c | Format-Table -View Note")]
    [InlineData("Compare-LatencyEnvironment $a $b")]
    [InlineData("Compare-LatencyEnvironment $a $b -Level Layer")]
    [InlineData("Compare-LatencyEnvironment $a $b -Level Layer -Attribution Direct | Format-Table -View Note")]
    [InlineData("Measure-FixEffect $b $c $a -AllowMixedDirection")]
    [InlineData("Measure-FixEffect $b $c $a -AllowMixedDirection | Format-Table -View Note")]
    [InlineData("Measure-FixEffect $b $a $a -Level Container, Layer, Segment, Stage, Span -Workload ./examples/workload.csv")]
    [InlineData("Measure-FixEffect $b $a $a -Workload ./examples/workload.csv | Format-Table -View Test")]
    [InlineData("Import-IcmpRttLog ./examples/data/zbs/sfsvm-send.log")]
    [InlineData("Import-IcmpPathLog ./examples/data/zbs/zbshost-sender.log")]
    [InlineData("Import-TunIrqLog ./examples/data/zbs/zbshost-vhost-recv-request.log")]
    [InlineData("Import-KvmTunLog ./examples/data/zbs/zbshost-kvm-tx.log")]
    [InlineData("Import-KvmTunLog ./examples/data/zbs/zbshost-kvm-tx.log -Summary")]
    [InlineData("Import-KvmTunLog ./examples/data/zbs-vhost/zbshost-kvm-send-histogram.log -Summary")]
    [InlineData("Import-VhostWakeupLog ./examples/data/zbs-vhost/zbshost-wakeup.log -HostRole Receiver -WarningAction Ignore")]
    [InlineData("Import-VhostWakeupLog ./examples/data/zbs-vhost/zbshost-wakeup.log -HostRole Receiver -Summary")]
    [InlineData("Import-PingLog ./examples/logs/vm-ping.log")]
    [InlineData("Measure-WakeupLatency -IdleUs 100, 20000 -SampleCount 20 -Force")]
    [InlineData("Measure-WakeupLatency -IdleUs 100 -SampleCount 20 -Force | Format-Table -View Note")]
    [InlineData("Get-CStateConfig -SysRoot ./examples/hosts/hv-07, ./examples/hosts/hv-08")]
    [InlineData("Get-CStateConfig -SysRoot ./examples/hosts/hv-07, ./examples/hosts/hv-08 | Format-Table -View Fleet")]
    [InlineData("Get-CStateConfig -SysRoot ./examples/hosts/hv-07 -PerCpu")]
    [InlineData("Get-CStateUsage -SysRoot ./examples/hosts/hv-07 -Until ./examples/hosts/hv-07-later -PerCpu")]
    [InlineData("Test-CStateLimit 10 -SysRoot ./examples/hosts/hv-07 -Detail")]
    [InlineData("Get-CStateBootParameter -SysRoot ./examples/hosts/hv-09")]
    [InlineData("Get-CStateBootParameter -SysRoot ./examples/hosts/hv-09 | Format-Table -View Note")]
    [InlineData("Get-CStateBootParameter -SysRoot ./examples/hosts/hv-09 | Format-Table -View Source")]
    [InlineData("Get-CStateBootParameter -SysRoot ./examples/hosts/hv-09 -MaxExitLatencyUs 10")]
    [InlineData("Get-CStateBootParameter -SysRoot ./examples/hosts/hv-09 -MaxExitLatencyUs 10 | Format-Table -View Note")]
    [InlineData("Get-LatencyFinding $a $b -After $c -CStateConfig (Get-CStateConfig -SysRoot ./examples/hosts/hv-07, ./examples/hosts/hv-08)")]
    [InlineData("Get-LatencyFinding $a $b -After $c | Format-Table -View Brief")]
    [InlineData("$b")]
    [InlineData("$b.Logs")]
    public void Nothing_is_cut_or_squeezed_at_80_columns(string script)
    {
        string[] lines = Render(script, 80);

        Assert.True(lines.Length > 5);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain(lines, line => line.Contains('\u2026', StringComparison.Ordinal));
    }

    /// <summary>Means by hand: (16.9951875, 98.1, 17.1, 429.7 - 285.7); shares of 600.7195.</summary>
    [Fact]
    public void A_breakdown_reads_well()
    {
        string[] lines = Render("Get-SegmentBreakdown $b", 80);

        Assert.Equal("   Environment: zbs, level Segment  (=derived ~remainder <=at most *note)", lines[1]);
        Assert.Equal("Part                              n     Mean us     P50 us    P95 us Share %", lines[3]);
        Assert.Equal("A    sender VM TX                16      16.995     14.701         -    2.83", lines[5]);
        Assert.Equal("B_1  kick-tap, sender *          30      98.100    104.000   118.550   16.33", lines[6]);
        Assert.Equal("B    host TX, sender             16      17.100     17.200         -    2.85", lines[7]);
        Assert.Equal("C+J  host to host                16    =144.000    142.950         -   23.97", lines[8]);
        Assert.Equal("I_1  kick-tap, receiver *        30    <=98.100          -         -       -", lines[14]);
    }

    [Fact]
    public void A_comparison_reads_well()
    {
        string[] lines = Render("Compare-LatencyEnvironment $a $b -Level Layer", 80);

        Assert.Equal("   Compared: smtx -> zbs, level Layer  (=derived ~rest <=bound ?unsure *note)", lines[1]);
        Assert.Equal("Part                              n   Ref us  Diff us    Delta us Ratio Share %", lines[3]);
        Assert.Equal("VmInternal                    16/16   73.967   74.697    =+0.730?  1.01    0.20", lines[5]);
        Assert.Equal("VirtReceiver *                16/16   51.309  214.913   ~+163.605  4.19   43.75", lines[9]);
    }

    [Fact]
    public void The_longest_name_and_its_star_are_not_cut()
    {
        string[] lines = Render("Compare-LatencyEnvironment $a $b", 80);

        Assert.Contains(lines, line => line.StartsWith("I_1  kick-tap, receiver * ", StringComparison.Ordinal));
    }

    [Fact]
    public void Tests_have_a_view_of_their_own()
    {
        string[] lines = Render("Compare-LatencyEnvironment $a $b -Level Container | Format-Table -View Test", 80);

        Assert.Equal("Part                 Delta us          Interval us  p adj Unit       Verdict", lines[3]);
        Assert.Equal("RoundTrip            +373.928 +331.613 .. +416.243 <0.001 within 1/1 Higher", lines[6]);
        Assert.StartsWith("ReceiverVm            +0.495?     -6.081 .. +7.071  0.826 within 1/1 not told", lines[12], StringComparison.Ordinal);
    }

    /// <summary>A command that needs several lines goes on with its shell's mark.</summary>
    [Fact]
    public void A_finding_reads_well()
    {
        string[] lines = Render("Get-LatencyFinding $a $b | Where-Object Rule -in HostToHostIdleWakeup, VmStackNotGuilty, MissingLog", 80);

        Assert.Equal("Important: The path between the hosts takes 113.3 us more in zbs, and can hold", lines[1]);
        Assert.Equal("  the wake-up of an idle CPU", lines[2]);
        Assert.StartsWith("Evidence:   HostToHost 30.7 -> 144.0 us: +113.3 [", lines[3], StringComparison.Ordinal);
        Assert.Contains("Next:       Get-CStateUsage -HostName root@SENDER_HOST, root@RECEIVER_HOST `", lines);
        Assert.Contains("              -DurationSeconds 10", lines);
        Assert.Contains("Next:       # on the receiver host", lines);
        Assert.Contains("            sudo python3 kvm_vhost_tun_latency_details.py --mode discover \\", lines);
    }

    [Fact]
    public void The_wide_view_fits_120_columns()
    {
        string[] lines = Render("Get-SegmentBreakdown $b -Level Container | Format-Table -View Wide", 120);

        Assert.Contains(lines, line => line.StartsWith("Part", StringComparison.Ordinal) && line.Contains("Basis", StringComparison.Ordinal) && line.EndsWith("Share %", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("RoundTrip", StringComparison.Ordinal) && line.Contains("Measured", StringComparison.Ordinal) && line.EndsWith("100.00", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= 120, line));
    }

    [Theory]
    [InlineData("Get-PacketBreakdown $b | Format-Table -View Wide")]
    [InlineData("Get-LatencyClosure $b | Format-Table -View Wide")]
    public void Other_wide_views_fit_120_columns_too(string script)
    {
        string[] lines = Render(script, 120);

        Assert.True(lines.Length > 15);
        Assert.All(lines, line => Assert.True(line.Length <= 120, line));
        Assert.DoesNotContain(lines, line => line.Contains('\u2026', StringComparison.Ordinal));
    }

    /// <summary>VirtSender by hand: 600.7195 - 16.9952 - 17.2148 - 460.4 = 106.1095; less L 96.3125 and B_1 98.1: -88.3030.</summary>
    [Fact]
    public void A_closure_reads_well()
    {
        string[] lines = Render("Get-LatencyClosure $b", 80);

        Assert.Equal("   Environment: zbs", lines[1]);
        Assert.Equal("Check                                Scope    Parts us   Rest us  Tol us Passed", lines[3]);
        Assert.Contains("L + B_1 within VirtSender            Means     194.413   -88.303   1.552     NO", lines);
        Assert.Contains("ReceiverExternal within ReceiverHost Packets   275.100    27.900   0.100    yes", lines);
    }

    [Fact]
    public void Missing_parts_show_a_dash_and_say_why_in_the_note()
    {
        string[] lines = Render("Get-SegmentBreakdown $c | Format-Table -View Note", 80);

        Assert.Contains(lines, line => line.StartsWith("A    sender VM TX *", StringComparison.Ordinal) && line.Contains("- no sender VM log", StringComparison.Ordinal));
    }

    [Fact]
    public void The_environment_lists_its_logs_and_the_reasons_of_their_roles()
    {
        string[] lines = Render("$c", 80);

        Assert.Contains(lines, line => line.StartsWith("Name    : zbs-c6off", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("ReceiverKvmTun: zbshost-kvm-tx.log", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("because: its worker 73868 is the PID of", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("n = 4, 0 left out, 11 lines parsed, 15 noise, 0 malformed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_look_the_same_in_every_culture(string culture)
    {
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(culture);
        try
        {
            Assert.Contains("C+J  host to host                16    =144.000    142.950         -   23.97", Render("Get-SegmentBreakdown $b", 80));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>In steps of 1/64: VirtSender 17.66 %, 11; VirtReceiver 35.78 %, 23; E's S1->S2 98.44 of 600.72, 10. Of the difference 373.93: 163.6, 28; 113.3, 19; 76.44, 13.</summary>
    [Theory]
    [InlineData("Get-SegmentBreakdown $b -Level Layer", "VirtSender       \u2588\u258d", "VirtReceiver     \u2588\u2588\u2589")]
    [InlineData("Compare-LatencyEnvironment $a $b -Level Layer", "VirtReceiver *   \u2588\u2588\u2588\u258c", "HostToHost *     \u2588\u2588\u258d")]
    [InlineData("Get-SegmentBreakdown $b -Level Stage", "E    S1->S2      \u2588\u258e")]
    [InlineData("Compare-LatencyEnvironment $a $b -Level Stage", "E    S1->S2 *    \u2588\u258b")]
    public void A_terminal_that_draws_gets_the_share_as_a_bar(string script, params string[] begins)
    {
        string[] drawn = [.. Render(script, 80, takesEscapes: true).Select(line => new StringDecorated(line).ToString(OutputRendering.PlainText))];
        string[] plain = Render(script, 80);

        Assert.All(begins, begin => Assert.Contains(drawn, line => line.StartsWith(begin, StringComparison.Ordinal)));
        Assert.All(drawn, line => Assert.True(line.Length <= 79, line));
        Assert.Equal(plain.Select(WithoutBars), drawn.Select(WithoutBars));
        Assert.DoesNotContain(plain, line => line.Any(IsBlock));
    }

    [Theory]
    [InlineData("Get-SegmentBreakdown $b")]
    [InlineData("Compare-LatencyEnvironment $a $b -Level Span")]
    public void Other_levels_have_no_room_for_bars(string script) => Assert.DoesNotContain(Render(script, 80, takesEscapes: true), line => line.Any(IsBlock));

    [Fact]
    public void Who_wants_plain_text_gets_no_bars()
    {
        OutputRendering before = PSStyle.Instance.OutputRendering;
        try
        {
            Assert.DoesNotContain(Render("$PSStyle.OutputRendering = 'PlainText'; Get-SegmentBreakdown $b -Level Layer", 80, takesEscapes: true), line => line.Any(IsBlock));
        }
        finally
        {
            PSStyle.Instance.OutputRendering = before;
        }
    }

    private static bool IsBlock(char c) => c is >= '\u2588' and <= '\u258f';

    private static string WithoutBars(string line) => new([.. line.Where(c => !IsBlock(c) && c != ' ')]);

    private static string[] Render(string script, int width, bool takesEscapes = false)
    {
        var terminal = new TextTerminal(width, takesEscapes: takesEscapes);
        using var session = new ShellSession(terminal, Engine.Manifest);
        int code = session.RunCommand($"$null = $ExecutionContext.SessionState.Path.SetLocation('{RepositoryFolder.Root}'); {Environments}{script}");
        Assert.Equal(string.Empty, terminal.ErrorOutput.ToString());
        Assert.Equal(0, code);
        return terminal.Lines;
    }
}
