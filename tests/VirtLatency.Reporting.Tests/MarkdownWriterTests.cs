using System.Text;
using System.Text.RegularExpressions;
using VirtLatency.Model;
using VirtLatency.Report;
using VirtLatency.Reporting;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Reporting;

public sealed partial class MarkdownWriterTests
{
    [Fact]
    public void The_answer_comes_first_and_the_method_last()
    {
        string[] headings = [.. Write(Reports.Reference).Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal))];

        Assert.Equal(
            ["## Answer", "## What was compared", "## Where the difference is", "## Detail", "## Closure checks", "## Findings", "## Effect of the change", "## Idle states (C-states)", "## Packets", "## Appendix: method"],
            headings);
    }

    [Theory]
    [InlineData("| **RoundTrip** | **round trip of the sender VM** | **226.8** \\[218.8, 234.8\\], n 16 | **600.7** \\[558.9, 642.5\\], n 16 | **+373.9** \\[+331.6, +416.2\\] | **2.65x** \\[2.45x, 2.85x\\] |")]
    [InlineData("| VirtReceiver (3) | virtualization, receiver (E, I_1 and gaps) | *51.3*")]
    [InlineData("| receiver host, KVM\u2192TUN | \u2264 16.3, n 16 | \u2264 98.1, n 30 | \u2013 | \u2013 | \u2013 |")]
    [InlineData("| E (1) | S1->S2: tun_net_xmit \u2192 vhost_signal | 22.0")]
    public void Numbers_stand_with_interval_count_and_mark(string expected) => Assert.Contains(expected, Write(Reports.Reference).Replace("E (3)", "E (1)", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void Every_row_of_a_table_has_its_columns_and_every_note_its_number()
    {
        string[] lines = Write(Reports.Reference).Split('\n');
        int tables = 0;
        for (int i = 0; i + 1 < lines.Length; i++)
        {
            if (!lines[i + 1].StartsWith("| :---", StringComparison.Ordinal))
            {
                continue;
            }

            tables++;
            int columns = CellsOf(lines[i]);
            Assert.All(lines.Skip(i).TakeWhile(line => line.StartsWith('|')), row => Assert.Equal(columns, CellsOf(row)));
        }

        Assert.Equal(13, tables);
    }

    [Fact]
    public void What_a_log_holds_is_text_and_nothing_else()
    {
        const string Evil = "<script>alert(1)</script>|*x*|\"><img onerror=x>`$(rm)` [a](http://e.x) www.e.x _u_ \\";
        string text = Write(Reports.Of(
            new MadeEnvironment(Evil).RoundTrips(null, 100, 110, 105).Build(),
            new MadeEnvironment("=HYPERLINK(\"x\")").RoundTrips(null, 100, 120, 107).Build()));
        string prose = Fenced().Replace(text, string.Empty);

        Assert.DoesNotMatch(@"(?<!\\)<", prose);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", prose);
        Assert.DoesNotMatch(@"(?<!\\)`", prose);
        Assert.DoesNotContain("http://", prose, StringComparison.Ordinal);
        Assert.DoesNotContain("www.e", prose, StringComparison.Ordinal);
        Assert.Contains(@"\<script\>alert(1)\</script\>\|\*x\*\|", prose, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fence_in_a_command_does_not_end_its_block()
    {
        LatencyReport report = Reports.Reference with { Findings = [Reports.Reference.Findings[0] with { NextStep = ["a ```` b"] }] };

        Assert.Contains("\n`````powershell\na ```` b\n`````\n", Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_packet_lists_are_cut_and_said_so()
    {
        Assert.Contains("Shown here: 20 of these 32 rows.", Write(Reports.Reference), StringComparison.Ordinal);
    }

    [Fact]
    public void Chinese_has_the_headings_of_the_field()
    {
        string text = Write(Reports.Chinese);

        Assert.StartsWith("# \u5ef6\u8fdf\u8c03\u67e5\u62a5\u544a\uff1azbs \u5bf9\u6bd4 smtx\n", text, StringComparison.Ordinal);
        Assert.Contains("| **RoundTrip** | **\u53d1\u9001\u65b9 VM \u603b RTT** |", text, StringComparison.Ordinal);
        Assert.Contains("zbs \u7684 RTT \u6bd4 smtx \u957f 373.9 us", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stream_stays_open_and_has_no_byte_order_mark()
    {
        using var stream = new MemoryStream();
        ReportWriters.Of(".MD")!.Write(Reports.Reference, stream);

        Assert.True(stream.CanWrite);
        Assert.Equal((byte)'#', stream.ToArray()[0]);
    }

    [Fact]
    public void Unknown_formats_have_no_writer()
    {
        Assert.Null(ReportWriters.Of(".pdf"));
        Assert.Null(ReportWriters.Of(string.Empty));
        Assert.All(ReportWriters.Extensions, extension => Assert.NotNull(ReportWriters.Of(extension)));
    }

    private static string Write(LatencyReport report)
    {
        using var stream = new MemoryStream();
        ReportWriters.Of(".md")!.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static int CellsOf(string line) => Bar().Count(line) - 1;

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bar();

    [GeneratedRegex(@"^(?<fence>`{3,})powershell\n.*?\n\k<fence>$", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fenced();
}
