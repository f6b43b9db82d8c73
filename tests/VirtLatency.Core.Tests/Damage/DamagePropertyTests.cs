using VirtLatency.LogWriter;
using VirtLatency.Tests.Parsing;
using Xunit;

namespace VirtLatency.Tests.Damage;

/// <summary>
/// Damage in one record never changes its neighbours: 20,000 seeded cuts, splices and swaps of generated logs of every
/// tool and layout that prints records. What stands undamaged in the text is found, unchanged; and every line is
/// accounted for.
/// </summary>
public sealed class DamagePropertyTests
{
    private const int Damages = 20_000;
    private const int DamagesPerLog = 100;
    private const int Packets = 8;

    private static readonly string[] Names = [.. GeneratedLog.Names.Where(HasRecords)];

    public static TheoryData<string> Logs => new(Names);

    [Theory]
    [MemberData(nameof(Logs))]
    public void Undamaged_records_are_found_unchanged(string name)
    {
        int logs = 1 + (Damages / DamagesPerLog / Names.Length);
        for (int seed = 1; seed <= logs; seed++)
        {
            string log = Generate(name, seed);
            string other = Generate(name, seed + 1000, hoursLater: 5);
            IReadOnlyList<(string Record, int Start, int End)> spans = RecordSpans.Of(name, log);
            Assert.True(spans.Count > 1, $"{name}, seed {seed}: {spans.Count} records");
            for (int damage = 0; damage < DamagesPerLog; damage++)
            {
                var damaged = DamagedLog.Of(new Random((seed * 1000) + damage), log, other);
                (List<string> found, VirtLatency.Parsing.LineTally tally) = LogSubject.Read(name, damaged.Text);

                string[] undamaged = [.. spans.Where(span => damaged.Holds(span.Start, span.End)).Select(span => span.Record)];
                List<string> missing = RecordSpans.Missing(undamaged, found);
                Assert.True(missing.Count == 0, $"{name}, seed {seed}, damage {damage}: not found: {missing.FirstOrDefault()}");
                Assert.Equal(LogText.LineCount(damaged.Text), tally.Total);
            }
        }
    }

    /// <summary>Histograms and averages are blocks of an interval, not records of packets.</summary>
    private static bool HasRecords(string name) => !name.Contains("summary", StringComparison.Ordinal) && !name.Contains("no-detail", StringComparison.Ordinal);

    /// <summary>Hours lie between the two logs: chains are joined by their stamps, and no host prints two logs at once.</summary>
    private static string Generate(string name, int seed, int hoursLater = 0)
    {
        using var output = new StringWriter();
        var start = new FigureGenerator(seed);
        var figures = new FigureGenerator(seed) { FaultShare = 0.1, Start = start.Start.AddHours(hoursLater), Uptime = start.Uptime + TimeSpan.FromHours(hoursLater) };
        GeneratedLog.Write(name, figures, Packets, output);
        return output.ToString();
    }
}
