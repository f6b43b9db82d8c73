using VirtLatency.Analysis;
using VirtLatency.Model;
using VirtLatency.Report;
using VirtLatency.Tests.Analysis;

namespace VirtLatency.Tests.Reporting;

/// <summary>The model holds what analysis found, at full precision, and says what it left out.</summary>
public sealed class ReportModelTests
{
    private const double Tolerance = 0.001;

    public static TheoryData<BreakdownLevel> Levels => [.. Enum.GetValues<BreakdownLevel>()];

    private static LatencyReport Reference => Reports.Reference;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_number_of_a_comparison_is_in_its_table_unrounded(BreakdownLevel level)
    {
        ReportTable table = TableOf(Reference, level);
        LatencyDifference[] rows = [.. Comparison.Of(TestEnvironments.Example("smtx"), TestEnvironments.Example("zbs"), level)];

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            string id = level == BreakdownLevel.Stage ? $"{row.Segment} {row.Name}" : row.Segment!;
            AssertSame(row.ReferenceUs, null, null, row.ReferenceUs is null ? null : row.ReferenceCount, table, id, "Reference", interval: false);
            AssertSame(row.DifferenceUs, null, null, row.DifferenceUs is null ? null : row.DifferenceCount, table, id, "Difference", interval: false);
            AssertSame(row.DeltaUs, row.DeltaLowUs, row.DeltaHighUs, null, table, id, "Delta");
            AssertSame(row.Ratio, row.RatioLow, row.RatioHigh, null, table, id, "Ratio");
            if (level == BreakdownLevel.Stage)
            {
                Assert.Null(row.SharePercent);
                Assert.DoesNotContain(table.Columns, column => column.Id == "Share");
                return;
            }

            AssertSame(row.SharePercent, row.ShareLowPercent, row.ShareHighPercent, null, table, id, "Share");
        });
    }

    /// <summary>Figures that another program worked out from the investigation's raw numbers.</summary>
    [Theory]
    [MemberData(nameof(ReferenceFigures.Means), MemberType = typeof(ReferenceFigures))]
    public void Means_are_those_of_the_reference_investigation(string environment, string level, string part, double? expected)
    {
        ReportTable table = TableOf(Reference, Enum.Parse<BreakdownLevel>(level));
        NumberCell cell = table.Number(part, environment == "smtx" ? "Reference" : "Difference");

        if (expected is null)
        {
            Assert.Equal(Basis.UpperBound, cell.Basis);
            Assert.StartsWith("\u2264 ", NumberText.Of(cell), StringComparison.Ordinal);
            return;
        }

        Assert.InRange(cell.Value, expected.Value - Tolerance, expected.Value + Tolerance);
        Assert.True(cell.Count > 0);
    }

    [Fact]
    public void A_mean_has_an_interval_around_it_and_a_bound_has_none()
    {
        NumberCell mean = Reference.Segments.Number("E", "Difference");
        NumberCell bound = Reference.Segments.Number("I_1", "Difference");

        // Of E's 16 samples of zbs: mean 111.3125, s 6.3636 by hand; t(0.975, 15) = 2.1314, so at least 3.39 to each side.
        Assert.Equal(mean.Value, (mean.Low!.Value + mean.High!.Value) / 2, 9);
        Assert.InRange(mean.High.Value - mean.Value, 3.0, 4.0);
        Assert.Null(bound.Low);
        Assert.IsType<MissingCell>(Reference.Segments.Cell(Reference.Segments.Row("I_1")!, "Delta"));
        Assert.Equal(ReportTone.Doubtful, Reference.Segments.Row("I_1")!.Tone);
    }

    [Fact]
    public void Layers_end_with_the_round_trip_that_they_add_up_to()
    {
        ReportRow total = Reference.Layers.Rows[^1];
        double sum = Reference.Layers.Rows.SkipLast(1).Sum(row => ((NumberCell)Reference.Layers.Cell(row, "Delta")!).Value);

        Assert.True(total.IsTotal);
        Assert.Equal("RoundTrip", total.Id);
        Assert.Equal(Reference.Layers.Number("RoundTrip", "Delta").Value, sum, 6);
        Assert.Equal(100, Reference.Layers.Number("RoundTrip", "Share").Value, 9);
        Assert.Equal("remainder", Reference.Layers.Text("VirtSender", "Basis"));
        Assert.Equal("higher in these runs", Reference.Layers.Text("VirtSender", "Verdict"));
    }

    [Fact]
    public void The_answer_says_how_much_where_and_what_is_not_shown()
    {
        Assert.Equal(3, Reference.Answer.Count);
        Assert.Contains("373.9 us longer in zbs than in smtx", Reference.Answer[0], StringComparison.Ordinal);
        Assert.Contains("n 16/16", Reference.Answer[0], StringComparison.Ordinal);
        Assert.Contains("vhost workers take longer to wake up", Reference.Answer[1], StringComparison.Ordinal);
        Assert.Contains("is not shown: zbs-c6off has no end-to-end measurement", Reference.Answer[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_compared_names_tools_kernels_counts_and_what_is_missing()
    {
        ReportEnvironment zbs = Reference.Environments[1];

        Assert.Equal(["smtx", "zbs", "zbs-c6off"], Reference.Environments.Select(environment => environment.Name));
        Assert.Equal(7, zbs.LogCount);
        Assert.Equal(126, zbs.SampleCount);
        Assert.Equal(["5.10"], zbs.Kernels);
        Assert.Equal(["receiver host, KVM\u2192TUN"], zbs.MissingLogs);
        Assert.Equal(16, Reference.Logs.Rows.Count);
        Assert.Equal(30, ((NumberCell)Reference.Logs.Cell(Reference.Logs.Rows[13], "Samples")!).Value);
    }

    [Fact]
    public void The_change_has_its_rows_and_its_doubt()
    {
        ReportTable fix = Reference.FixEffect!;

        Assert.Equal(16.0, fix.Number("Stage E S1->S2", "After").Value);
        Assert.Equal(1, fix.Number("Stage E S1->S2", "After").Count);
        Assert.Equal("not shown", fix.Text("Stage E S1->S2", "Verdict"));
        Assert.Equal(ReportTone.Doubtful, fix.Row("Stage E S1->S2")!.Tone);
        Assert.Null(Reports.Of(TestEnvironments.Example("smtx"), TestEnvironments.Example("zbs")).FixEffect);
    }

    [Fact]
    public void Idle_states_are_numbers_beside_their_hosts()
    {
        ReportTable states = Reference.CStates!;

        Assert.Equal(290, states.Number("1", "ExitLatency").Value);
        Assert.Equal("POLL 0us, C1 1us, C6 290us", states.Text("1", "States"));
        Assert.Contains(Reference.Findings, finding => finding.Rule == "CStateDiffers");
    }

    [Fact]
    public void Few_samples_are_all_there_and_many_are_summarised_and_said_so()
    {
        double[] values = [.. Enumerable.Range(0, 1001).Select(i => 100.0 + i)];
        LatencyReport report = Reports.Of(
            new MadeEnvironment("few").RoundTrips(null, [.. values.Take(50)]).Build(),
            new MadeEnvironment("many").RoundTrips(null, values).Build());
        ReportDistribution[] of = [.. report.Distributions.Single(group => group.Id == "RoundTrip").Distributions];

        Assert.Equal(values.Take(50), of[0].Samples);
        Assert.Equal("every one of 50 samples", of[0].Note);
        Assert.Null(of[0].At(0.99));
        Assert.Empty(of[1].Samples);
        Assert.Equal(103, of[1].Quantiles.Count);
        Assert.Equal("summarised: 103 quantiles of 1001 samples", of[1].Note);
        Assert.Equal(600, of[1].At(0.5));
        Assert.Equal(1090, of[1].At(0.99));
        Assert.Equal((100, 1100), (of[1].At(0), of[1].At(1)));
    }

    [Fact]
    public void Of_many_packets_the_slowest_are_listed_and_the_rest_counted()
    {
        double[] totals = [.. Enumerable.Range(0, 500).Select(i => 200.0 + (i * 7 % 500))];
        LatencyEnvironment Made(string name) => new MadeEnvironment(name)
            .With(LogRole.SenderVm, totals.Select(total => new[] { 10, total - 30, 20, total }), id: 7)
            .With(LogRole.SenderHost, totals.Select(total => new[] { 10, total - 60, 10, total - 40 }), id: 7)
            .Build();
        LatencyReport report = Reports.Of(Made("a"), Made("b"));
        double[] shown = [.. report.SlowPackets!.Rows.Take(100).Select(row => ((NumberCell)report.SlowPackets.Cell(row, "RoundTrip")!).Value)];

        Assert.Equal(200, report.SlowPackets.Rows.Count);
        Assert.Equal(totals.OrderDescending().Take(100), shown);
        Assert.Contains("a: the 100 slowest of 500 joined packets.", report.SlowPackets.Introduction, StringComparison.Ordinal);
        Assert.Equal(500, ((NumberCell)report.Packets!.Cell(report.Packets.Rows[0], "Matched")!).Value);
    }

    [Fact]
    public void Without_joined_packets_there_is_no_packet_table()
    {
        LatencyReport report = Reports.Of(new MadeEnvironment("a").RoundTrips(null, 100, 110).Build(), new MadeEnvironment("b").RoundTrips(null, 100, 120).Build());

        Assert.Null(report.Packets);
        Assert.Null(report.SlowPackets);
    }

    [Fact]
    public void Nothing_in_common_is_refused_with_what_each_side_has()
    {
        LatencyEnvironment one = new MadeEnvironment("one").RoundTrips(null, 100, 110).Build();
        LatencyEnvironment other = new MadeEnvironment("other").With(LogRole.SenderHost, [[10, 200, 20, 230]]).Build();

        ReportException refused = Assert.Throws<ReportException>(() => Reports.Of(one, other));

        Assert.Equal(ReportProblem.NoCommonLevel, refused.Problem);
        Assert.Contains("'one' has SenderVm; 'other' has SenderHost", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_environments_of_one_name_are_told_apart()
    {
        LatencyReport report = Reports.Of(new MadeEnvironment("x").RoundTrips(null, 100, 110).Build(), new MadeEnvironment("x").RoundTrips(null, 100, 120).Build());

        Assert.Equal(["x", "x (compared)"], report.Environments.Select(environment => environment.Name));
    }

    /// <summary>Each distribution finds its environment, and every picture its colour, though all three have one name.</summary>
    [Fact]
    public void Three_environments_of_one_name_are_three_everywhere()
    {
        LatencyReport report = ReportBuilder.Of(new ReportRequest
        {
            Reference = new MadeEnvironment("x").RoundTrips(null, 100, 110).Build(),
            Difference = new MadeEnvironment("x").RoundTrips(null, 300, 310).Build(),
            After = new MadeEnvironment("x").RoundTrips(null, 200, 210).Build(),
            Text = ReportText.English,
            CreatedUtc = Reports.Made,
        });

        Assert.Equal(["x", "x (compared)", "x (after the change)"], report.Environments.Select(environment => environment.Name));
        Assert.Equal([0, 1, 2], report.Distributions.Single(group => group.Id == "RoundTrip").Distributions.Select(of => of.EnvironmentIndex));
        Assert.Equal([100.0, 300, 200], report.Distributions.Single(group => group.Id == "RoundTrip").Distributions.Select(of => of.Samples[0]));
        Assert.Equal(["x (compared)", "x (after the change)", "x"], report.Chart("FixEffect")!.Series);
    }

    [Fact]
    public void A_check_that_was_not_made_has_no_count_of_failures()
    {
        ReportRow[] unmade = [.. Reference.Closure.Rows.Where(row => Reference.Closure.Text(row.Id, "Verdict") == "not checked")];
        ReportRow[] made = [.. Reference.Closure.Rows.Except(unmade)];

        Assert.NotEmpty(unmade);
        Assert.All(unmade, row => Assert.IsType<MissingCell>(Reference.Closure.Cell(row, "Failed")));
        Assert.All(made, row => Assert.IsType<NumberCell>(Reference.Closure.Cell(row, "Failed")));
    }

    [Fact]
    public void What_was_not_measured_has_no_basis()
    {
        LatencyReport report = Reports.Of(new MadeEnvironment("a").RoundTrips(null, 100, 110).Build(), new MadeEnvironment("b").RoundTrips(null, 100, 120).Build());

        Assert.IsType<MissingCell>(report.Segments.Cell(report.Segments.Row("B")!, "Reference"));
        Assert.Equal(string.Empty, report.Segments.Text("B", "Basis"));
        Assert.Equal("measured", report.Segments.Text("A", "Basis"));
    }

    [Fact]
    public void A_statement_after_a_semicolon_goes_on_in_small_letters()
    {
        Assert.StartsWith("The vhost workers take longer to wake up in zbs than in smtx; the path between the hosts takes ", Reference.Answer[1], StringComparison.Ordinal);
        Assert.DoesNotMatch("; [A-Z]", Reference.Answer[1]);
    }

    [Fact]
    public void One_sample_is_no_every_one()
    {
        LatencyReport report = Reports.Of(new MadeEnvironment("a").RoundTrips(null, 100).Build(), new MadeEnvironment("b").RoundTrips(null, 100, 120).Build());
        ReportDistribution[] of = [.. report.Distributions.Single(group => group.Id == "RoundTrip").Distributions];

        Assert.Equal(["the only sample", "every one of 2 samples"], of.Select(distribution => distribution.Note));
    }

    [Theory]
    [InlineData(0.04, "0.0")]
    [InlineData(-0.04, "0.0")]
    [InlineData(0, "0.0")]
    [InlineData(0.06, "+0.1")]
    [InlineData(-0.06, "-0.1")]
    [InlineData(-100.5, "-100.5")]
    public void What_rounds_to_zero_has_no_sign(double value, string expected) => Assert.Equal(expected, NumberText.Of(value, ReportUnit.Microseconds, isSigned: true));

    [Fact]
    public void Control_characters_of_logs_become_signs()
    {
        LatencyReport report = Reports.Of(
            new MadeEnvironment("red\u001b[31m\u202egnp").RoundTrips(null, 100, 110).Build(),
            new MadeEnvironment("half\ud800").RoundTrips(null, 100, 120).Build());

        Assert.Equal("red\u241b[31m\ufffdgnp", report.Environments[0].Name);
        Assert.Equal("half\ufffd", report.Environments[1].Name);
        Assert.All(AllText(report), text => Assert.DoesNotContain(text, c => char.IsControl(c) || char.IsSurrogate(c)));
    }

    [Fact]
    public void Charts_hold_the_tables_numbers()
    {
        ReportChart stack = Reference.Chart("LayerStack")!;
        ReportChart fall = Reference.Chart("DeltaWaterfall")!;
        ReportChart path = Reference.Chart("Path")!;

        Assert.Equal(Reference.Layers.Rows.SkipLast(1).Select(row => ((NumberCell)Reference.Layers.Cell(row, "Difference")!).Value), stack.Items.Select(item => item.Values[1]!.Value));
        Assert.Equal(fall.Items[^1].Values[0]!.Value, fall.Items.SkipLast(1).Sum(item => item.Values[0]!.Value), 6);
        Assert.Equal([true, false, false, false, false, false, true], fall.Items.Select(item => item.IsTotal));
        Assert.Equal(Reference.Layers.Number("RoundTrip", "Difference").Value, path.Items.Where(item => item.Container is null).Sum(item => item.Values[1]!.Value), 6);
        Assert.Equal(["B_1", "L", "E", "I_1"], path.Items.Where(item => item.Container is not null).Select(item => item.Id));
        Assert.All(Reference.Charts, chart => Assert.Contains(" us", chart.AltText, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_row_has_a_cell_for_every_column()
    {
        Assert.True(Reference.Tables.Count() >= 12);
        Assert.All(Reference.Tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Cells.Count)));
        Assert.All(Reference.Tables, table => Assert.Equal(table.Rows.Count, table.Rows.Select(row => row.Id).Distinct().Count()));
        Assert.All(Reference.Tables, table => Assert.Equal(table.Columns.Count, table.Columns.Select(column => column.Id).Distinct().Count()));
    }

    internal static IEnumerable<string> AllText(LatencyReport report) =>
    [
        report.Title, .. report.Answer, .. report.Environments.Select(environment => environment.Name),
        .. report.Findings.SelectMany(finding => new[] { finding.Statement, finding.Evidence, finding.Confidence, finding.Caveat }.Concat(finding.NextStep)),
        .. report.Tables.SelectMany(table => table.Rows).SelectMany(row => row.Cells).OfType<TextCell>().Select(cell => cell.Text),
        .. report.Charts.SelectMany(chart => chart.Series.Append(chart.AltText)),
    ];

    private static ReportTable TableOf(LatencyReport report, BreakdownLevel level) => level switch
    {
        BreakdownLevel.Layer => report.Layers,
        BreakdownLevel.Span => report.Spans,
        BreakdownLevel.Container => report.Containers,
        BreakdownLevel.Stage => report.Stages,
        _ => report.Segments,
    };

    private static void AssertSame(double? value, double? low, double? high, long? count, ReportTable table, string row, string column, bool interval = true)
    {
        if (value is null)
        {
            Assert.IsType<MissingCell>(table.Cell(table.Row(row)!, column));
            return;
        }

        NumberCell cell = table.Number(row, column);
        Assert.Equal(value, cell.Value);
        Assert.Equal(count, cell.Count);
        if (interval)
        {
            Assert.Equal(low, cell.Low);
            Assert.Equal(high, cell.High);
        }
    }
}
