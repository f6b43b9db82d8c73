namespace VirtLatency.Report;

/// <summary>
/// A report as data, in one language: all that a writer renders. Numbers are at full precision with their counts and
/// intervals; texts are ready to show but not escaped. Sections stand in the order in which they are to be read.
/// </summary>
public sealed record LatencyReport
{
    /// <summary>The language, and what else a writer has to say (legends, "n", "table of contents").</summary>
    public required ReportText Text { get; init; }

    /// <summary>The heading of all.</summary>
    public required string Title { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>Version of the program that made it.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>The answer: three sentences made from the findings.</summary>
    public required IReadOnlyList<string> Answer { get; init; }

    /// <summary>What was compared: the reference, the compared one, and the one after the change where there is one.</summary>
    public required IReadOnlyList<ReportEnvironment> Environments { get; init; }

    /// <summary>The logs of all environments.</summary>
    public required ReportTable Logs { get; init; }

    /// <summary>Layers with RoundTrip as their total: where the difference is.</summary>
    public required ReportTable Layers { get; init; }

    /// <summary>The three spans with RoundTrip as their total.</summary>
    public required ReportTable Spans { get; init; }

    /// <summary>Containers: what one clock measured as a whole, RoundTrip among them.</summary>
    public required ReportTable Containers { get; init; }

    /// <summary>Segments in path order.</summary>
    public required ReportTable Segments { get; init; }

    /// <summary>Stages inside E, L, B_1 and I_1.</summary>
    public required ReportTable Stages { get; init; }

    /// <summary>What must hold between the numbers, and whether it does.</summary>
    public required ReportTable Closure { get; init; }

    /// <summary>Findings, most severe first.</summary>
    public required IReadOnlyList<ReportFinding> Findings { get; init; }

    /// <summary>What the change did; null without an environment after it.</summary>
    public ReportTable? FixEffect { get; init; }

    /// <summary>Idle states of hosts; null where none were given.</summary>
    public ReportTable? CStates { get; init; }

    /// <summary>Spread of the parts over the packets that join; null where none do.</summary>
    public ReportTable? Packets { get; init; }

    /// <summary>Single packets, the slowest first, as many as the introduction says; null where none join.</summary>
    public ReportTable? SlowPackets { get; init; }

    /// <summary>Smallest, median, tails and largest of each segment.</summary>
    public required ReportTable Spread { get; init; }

    /// <summary>Distributions of RoundTrip and the segments, for pictures.</summary>
    public required IReadOnlyList<ReportDistributionGroup> Distributions { get; init; }

    /// <summary>Pictures, in the order of the sections they belong to.</summary>
    public required IReadOnlyList<ReportChart> Charts { get; init; }

    /// <summary>The path: what each segment is, from where to where, and who measures it.</summary>
    public required ReportTable Path { get; init; }

    /// <summary>How the numbers were made: a short appendix.</summary>
    public required IReadOnlyList<ReportParagraph> Method { get; init; }

    /// <summary>All tables that there are, in reading order.</summary>
    public IEnumerable<ReportTable> Tables => new[] { Layers, Spans, Containers, Segments, Stages, Spread, Closure, FixEffect, CStates, Packets, SlowPackets, Logs, Path }.OfType<ReportTable>();

    /// <summary>A picture by its id; null where there is none.</summary>
    /// <param name="id">Path, LayerStack, DeltaWaterfall, Stages or FixEffect.</param>
    /// <returns>The picture.</returns>
    public ReportChart? Chart(string id) => Charts.FirstOrDefault(chart => chart.Id == id);
}
