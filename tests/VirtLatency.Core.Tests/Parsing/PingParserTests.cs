using VirtLatency.Model;
using VirtLatency.Parsing;
using Xunit;

namespace VirtLatency.Tests.Parsing;

/// <summary>Answers of ping, version by version; what is lost is asked in <see cref="PingLossTests"/>.</summary>
public sealed class PingParserTests
{
    [Fact]
    public void CentOs7_EveryValue()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.CentOs7);

        Assert.Equal([1, 2, 4, 5, 3], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal([512_000L, 1_230_000L, 12_300_000L, 123_000_000L, Latency.Missing], outcome.Records.Select(record => record.Rtt));
        Assert.Equal([2L, 3L, 4L, 5L, 4L], outcome.Records.Select(record => record.Line));
        Assert.Equal([SampleFlags.First, SampleFlags.None, SampleFlags.None, SampleFlags.None, SampleFlags.None], outcome.Records.Select(record => record.Flags));
        Assert.All(outcome.Records, record => Assert.Equal((1, -1, null, "10.0.130.143", (DateTime?)null), (record.Run, record.IcmpId, record.Source, record.Destination, record.Timestamp)));
        Assert.Equal((LossEvidence.None, LossEvidence.Gap), (outcome.Records[3].Loss, outcome.Records[4].Loss));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(PingLogs.CentOs7, outcome.Tally, parsed: 6, noise: 3, malformed: 0);
        Assert.Equal(("iputils", "10.0.130.143", 1), (outcome.Facts.Version, outcome.Facts.Destination, outcome.Facts.RunCount));
    }

    /// <summary>1767925263 s are 2026-01-09 02:21:03 UTC.</summary>
    [Fact]
    public void Stamped_EveryValue()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Stamped);

        Assert.Equal([1, 3, 2, 5, 5, 4, 6, 7], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal([412_000L, 431_000L, 1_070_000_000L, 405_000L, 505_000L], outcome.Records.Take(5).Select(record => record.Rtt));
        Assert.Equal(
            [LossEvidence.NoAnswerYet, LossEvidence.ErrorAnswer, LossEvidence.Footer],
            outcome.Records.Skip(5).Select(record => record.Loss));
        Assert.Equal([6L, 9L, 12L], outcome.Records.Skip(5).Select(record => record.Line));
        Assert.Equal(
            [SampleFlags.First, SampleFlags.None, SampleFlags.Reordered, SampleFlags.None, SampleFlags.Duplicate],
            outcome.Records.Take(5).Select(record => record.Flags));
        Assert.Equal(new DateTime(2026, 1, 9, 2, 21, 3, DateTimeKind.Utc).AddTicks(1_190_040), outcome.Records[0].Timestamp);
        Assert.Equal(DateTimeKind.Utc, outcome.Records[0].Timestamp!.Value.Kind);
        Assert.Equal(new DateTime(2026, 1, 9, 2, 21, 7, DateTimeKind.Utc).AddTicks(1_400_050), outcome.Records[5].Timestamp);
        Assert.Null(outcome.Records[7].Timestamp);
        Assert.All(outcome.Records, record => Assert.Equal(("10.0.130.145", "10.0.130.143"), (record.Source, record.Destination)));
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(PingLogs.Stamped, outcome.Tally, parsed: 10, noise: 3, malformed: 0);
    }

    [Fact]
    public void Busybox_EveryValue()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Busybox);

        Assert.Equal([0, 2, 1], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal([412_000L, 1_100_000L, Latency.Missing], outcome.Records.Select(record => record.Rtt));
        Assert.Equal(SampleFlags.First, outcome.Records[0].Flags);
        Assert.Equal(LossEvidence.Gap, outcome.Records[2].Loss);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(PingLogs.Busybox, outcome.Tally, parsed: 4, noise: 3, malformed: 0);
        Assert.Equal("busybox", outcome.Facts.Version);
    }

    [Theory]
    [InlineData("64 bytes from 10.0.0.2: icmp_req=7 ttl=64 time=0.412 ms", 7, 412_000)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=99.9 ms", 7, 99_900_000)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=1.234 ms", 7, 1_234_000)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=65535 ttl=255 time=0.001 ms", 65535, 1000)]
    [InlineData("64 bytes from 10.0.0.2: seq=7 ttl=64 time=12.100 ms", 7, 12_100_000)]
    [InlineData("1408 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=2.00 ms\t(same route)", 7, 2_000_000)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=2.00 ms\a", 7, 2_000_000)]
    [InlineData("64 bytes from 10.0.0.9: icmp_seq=7 ttl=64 time=0.412 ms (DIFFERENT ADDRESS!)", 7, 412_000)]
    [InlineData("64 bytes from fe80::5054:ff:fe12:3456%ens4: icmp_seq=7 ttl=64 time=0.412 ms", 7, 412_000)]
    [InlineData("64 bytes from vm2 (::1): icmp_seq=7 time=0.412 ms", 7, 412_000)]
    [InlineData("16 bytes from 10.0.0.2: icmp_seq=7 ttl=64", 7, null)]
    [InlineData("1032 bytes from 10.0.0.2: icmp_seq=7 ttl=64 (truncated)", 7, null)]
    public void Answer_InEveryForm(string line, int sequence, int? nanoseconds)
    {
        Outcome<PingRecord> outcome = Reading.Ping(line + "\n");

        PingRecord record = Assert.Single(outcome.Records);
        Assert.Equal((sequence, nanoseconds ?? Latency.Missing, LossEvidence.None), (record.Sequence, record.Rtt, record.Loss));
        LogText.AssertTally(line + "\n", outcome.Tally, parsed: 1, noise: 0, malformed: 0);
    }

    [Theory]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=0,412 ms")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=-0.412 ms")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=412 us")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=0.4123 ms")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=0. ms")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=0.412 m")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=65536 ttl=64 time=0.412 ms")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=7 ttl=64 time=0.412 msX")]
    [InlineData("64 bytes from 10.0.0.2: xseq=7 ttl=64 time=0.412 ms")]
    public void Answer_Damaged_IsLeftOutAndNamed(string line)
    {
        Outcome<PingRecord> outcome = Reading.Ping(line + "\n");

        Assert.Empty(outcome.Records);
        Assert.Equal(1, Assert.Single(outcome.Issues).Line);
        Assert.Equal(1, outcome.Tally.Malformed);
    }

    /// <summary>Text that only looks like an address is none: it reaches no column.</summary>
    [Theory]
    [InlineData("64 bytes from =1+2 (=1+2): icmp_seq=7 ttl=64 time=0.412 ms")]
    [InlineData("64 bytes from localhost: icmp_seq=7 ttl=64 time=0.412 ms")]
    public void Answer_FromAName_HasNoAddress(string line) => Assert.Null(Assert.Single(Reading.Ping(line + "\n").Records).Destination);

    [Theory]
    [InlineData("10.0.0.2: icmp_seq=1", "10.0.0.2")]
    [InlineData("vm2.example (10.0.0.2): icmp_seq=1", "10.0.0.2")]
    [InlineData("::1: icmp_seq=1", "::1")]
    [InlineData("vm2 (fe80::1%ens4): icmp_seq=1", "fe80::1%ens4")]
    public void Answer_Address(string from, string address) =>
        Assert.Equal(address, Assert.Single(Reading.Ping($"64 bytes from {from} ttl=64 time=0.412 ms\n").Records).Destination);

    [Theory]
    [InlineData("PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.", "10.0.0.2", null)]
    [InlineData("PING vm2 (10.0.0.2) from 10.0.0.1 ens4: 56(84) bytes of data.", "10.0.0.2", "10.0.0.1")]
    [InlineData("PING ::1(::1) 56 data bytes", "::1", null)]
    [InlineData("PING vm2(vm2.example (fd00::2)) 56 data bytes", "fd00::2", null)]
    [InlineData("PING vm2 (fd00::2) , flow 0x00001, from fd00::1 ens4: 56 data bytes", "fd00::2", "fd00::1")]
    [InlineData("PING vm2 (10.0.0.2): 56 data bytes", "10.0.0.2", null)]
    [InlineData("PING vm2 (10.0.0.2) from 10.0.0.1: 56 data bytes", "10.0.0.2", "10.0.0.1")]
    public void Banner_InEveryForm(string line, string destination, string? source)
    {
        Outcome<PingRecord> outcome = Reading.Ping(line + "\n");

        Assert.Equal((destination, source, 1), (outcome.Facts.Destination, outcome.Facts.Source, outcome.Facts.RunCount));
        LogText.AssertTally(line + "\n", outcome.Tally, parsed: 1, noise: 0, malformed: 0);
    }

    /// <summary>20221126 prints the id on every answer with -v, inetutils in its banner.</summary>
    [Theory]
    [InlineData("PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.\n64 bytes from 10.0.0.2: icmp_seq=1 ident=21973 ttl=64 time=0.412 ms\n")]
    [InlineData("PING 10.0.0.2 (10.0.0.2): 56 data bytes, id 0x55d5 = 21973\n64 bytes from 10.0.0.2: icmp_seq=0 ttl=64 time=0.412 ms\n")]
    public void IcmpId_WhenPrinted(string log)
    {
        PingRecord record = Assert.Single(Reading.Ping(log).Records);

        Assert.Equal((21973, SampleFlags.First), (record.IcmpId, record.Flags));
    }

    /// <summary>s20180629 rounds without carry: 12.97 ms is printed 12.10, 1.996 ms 1.100. ping -3 prints 1.100 for 1.1 ms.</summary>
    [Theory]
    [InlineData("12.10", 13_000_000L)]
    [InlineData("9.10", 9_100_000L)]
    [InlineData("12.1", 12_100_000L)]
    [InlineData("0.100", 100_000L)]
    [InlineData("1.100", Latency.Missing)]
    [InlineData("1.23 1.100", 2_000_000L)]
    [InlineData("1.234 1.100", 1_100_000L)]
    public void Time_LostCarry(string times, long nanoseconds)
    {
        string log = string.Concat(times.Split(' ').Select((time, index) => PingLogs.Answer(index + 1, $"time={time} ms")));

        Assert.Equal(nanoseconds, Reading.Ping(log).Records[^1].Rtt);
    }

    /// <summary>ping prints 0.000 after its clock went back; busybox prints a negative difference as unsigned 32 bits.</summary>
    [Theory]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.000 ms\n", SampleFlags.First | SampleFlags.Negative)]
    [InlineData("64 bytes from 10.0.0.2: seq=0 ttl=64 time=4294967.295 ms\n", SampleFlags.First | SampleFlags.Wrapped)]
    public void Time_OfAClockThatWentBack_IsNoTime(string line, SampleFlags flags)
    {
        PingRecord record = Assert.Single(Reading.Ping(line).Records);

        Assert.Equal((Latency.Missing, flags), (record.Rtt, record.Flags));
    }

    [Theory]
    [InlineData("ping: sendmsg: Network is unreachable")]
    [InlineData("/usr/bin/ping: sendmsg: No buffer space available")]
    [InlineData("ping: sock4.fd: 3 (socktype: SOCK_RAW), sock6.fd: 4 (socktype: SOCK_RAW), hints.ai_family: AF_UNSPEC")]
    [InlineData("ai->ai_family: AF_INET, ai->ai_canonname: '10.0.0.2'")]
    [InlineData("Warning: time of day goes back (-12us), taking countermeasures.")]
    [InlineData("WARNING: your kernel is veeery old. No problems.")]
    [InlineData("From 10.0.0.1: icmp_seq=2 Redirect Host(New nexthop: 10.0.0.254)")]
    [InlineData("From 10.0.0.9: Time to live exceeded")]
    [InlineData("wrong data byte #16 should be 0x10 but was 0x0")]
    [InlineData("#16\t10 11 12 13 ")]
    [InlineData("RR: \t10.0.0.1")]
    [InlineData("\t10.0.0.2")]
    [InlineData("PATTERN: 0xff00")]
    [InlineData("....\b \b\b \b.E")]
    [InlineData("^C")]
    [InlineData("\r12/12 packets, 0% loss, min/avg/ewma/max = 0.312/0.402/0.400/0.912 ms")]
    [InlineData("rtt min/avg/max/mdev = 0.312/0.402/0.912/0.051 ms, pipe 2, ipg/ewma 0.410/0.402 ms")]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.412 ms (BAD CHECKSUM!)")]
    public void Line_WithoutAValue_IsNoise(string line)
    {
        string log = PingLogs.Banner + PingLogs.Answer(1) + line + "\n" + PingLogs.Answer(2);

        Outcome<PingRecord> outcome = Reading.Ping(log);

        Assert.Equal([1, 2], outcome.Records.Select(record => (int)record.Sequence));
        LogText.AssertTally(log, outcome.Tally, parsed: 3, noise: 1, malformed: 0);
    }

    [Theory]
    [InlineData("64 Bytes von 10.0.0.2: icmp_seq=2 ttl=64 Zeit=0.412 ms")]
    [InlineData("[root@vm1 ~]# ping 10.0.0.2")]
    [InlineData("[1767925263.119004] something else")]
    [InlineData("PING")]
    [InlineData("PING of a person")]
    [InlineData("5 packets transmitted, 5 rec")]
    public void Line_Unknown_IsMalformed(string line)
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answer(1) + line + "\n" + PingLogs.Answer(2));

        Assert.Equal(2, outcome.Records.Count);
        Assert.Equal((3, 0, 1), (outcome.Tally.Parsed, outcome.Tally.Noise, outcome.Tally.Malformed));
    }

    /// <summary>iputils from 20250602 prints no line end behind the mark.</summary>
    [Fact]
    public void Truncated_WithTheNextAnswerOnItsLine()
    {
        string log = "1032 bytes from 10.0.0.2: icmp_seq=1 ttl=64 (truncated)[1767925263.119004] 1032 bytes from 10.0.0.2: icmp_seq=2 ttl=64 (truncated)" + PingLogs.Answer(3);

        Outcome<PingRecord> outcome = Reading.Ping(log);

        Assert.Equal([1, 2, 3], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal([Latency.Missing, Latency.Missing, 400_000], outcome.Records.Select(record => record.Rtt));
        LogText.AssertTally(log, outcome.Tally, parsed: 1, noise: 0, malformed: 0);
    }

    [Theory]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.412 ms", 2)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.412 m", 1)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=2 ttl=64 time=0.4", 1)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=2 ttl=6", 1)]
    [InlineData("64 bytes from 10.0.0.2: icmp_seq=2", 1)]
    [InlineData("64 bytes from 10.0.", 1)]
    [InlineData("no answer yet for icmp_seq=2", 1)]
    public void LastLine_Cut_IsUsedOnlyWhenWhole(string end, int answers)
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answer(1) + end);

        Assert.Equal(answers, outcome.Records.Count);
        Assert.Equal(2 - answers, outcome.Tally.Malformed);
    }

    [Fact]
    public void Crlf_IsTheSame()
    {
        Outcome<PingRecord> plain = Reading.Ping(PingLogs.Stamped);
        Outcome<PingRecord> crlf = Reading.Ping(PingLogs.Stamped.WithCarriageReturns());

        Assert.Equal(plain.Records, crlf.Records);
        Assert.Equal((10, 3, 0), (crlf.Tally.Parsed, crlf.Tally.Noise, crlf.Tally.Malformed));
    }

    [Fact]
    public void Quiet_HasNoSample()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Quiet);

        Assert.Empty(outcome.Records);
        Assert.Empty(outcome.Issues);
        LogText.AssertTally(PingLogs.Quiet, outcome.Tally, parsed: 2, noise: 3, malformed: 0);
    }

    [Fact]
    public void Runs_ByBanner_AndWhereACutLineIsInItsWay()
    {
        Outcome<PingRecord> outcome = Reading.Ping(PingLogs.Banner + PingLogs.Answers([1, 2]) + "64 bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=0.4" + PingLogs.Banner + PingLogs.Answers([1, 2]));

        Assert.Equal([1, 1, 2, 2], outcome.Records.Select(record => record.Run));
        Assert.Equal([1, 2, 1, 2], outcome.Records.Select(record => (int)record.Sequence));
        Assert.Equal((2, 1), (outcome.Facts.RunCount, outcome.Tally.Malformed));
        Assert.Equal(2, outcome.Records.Count(record => record.Flags == SampleFlags.First));
    }

    /// <summary>ping | grep bytes, twice into one file; and lines behind a footer.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(2000)]
    public void Runs_WithoutBanner_BeginWhereTheNumbersDo(int count)
    {
        string answers = PingLogs.Answers(Enumerable.Range(1, count));

        Assert.Equal([1, 2], Runs(answers + answers));
        Assert.Equal([1, 2], Runs(PingLogs.Banner + answers + PingLogs.Counts(count, count) + answers));
        Assert.Equal([1], Runs(PingLogs.Banner + answers + PingLogs.Answer(1) + PingLogs.Answer(count + 1)));

        int[] Runs(string log)
        {
            Outcome<PingRecord> outcome = Reading.Ping(log);
            Assert.DoesNotContain(outcome.Records, record => record.Loss != LossEvidence.None);
            return outcome.Records.Select(record => record.Run).Distinct().ToArray();
        }
    }
}
