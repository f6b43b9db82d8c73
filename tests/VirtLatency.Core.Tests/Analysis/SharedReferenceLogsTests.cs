using System.Text.Json;
using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

/// <summary>
/// The same figures over a second, independent copy of the logs where one lies beside the checkout; elsewhere there is
/// nothing to run over, and the tests over the example data stand alone.
/// </summary>
public sealed class SharedReferenceLogsTests
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Root, "..", "shared", "data", "reference-logs");

    private static readonly (BreakdownLevel Level, string Key)[] Levels =
    [
        (BreakdownLevel.Segment, "segment"), (BreakdownLevel.Container, "container"),
        (BreakdownLevel.Span, "span"), (BreakdownLevel.Layer, "layer_remainder"),
    ];

    public static TheoryData<string> Environments => File.Exists(Path.Combine(Folder, "expected-breakdown.json")) ? new("smtx", "zbs") : new("none");

    [Theory]
    [MemberData(nameof(Environments))]
    public void Means_agree_with_the_figures_computed_without_a_parser(string name)
    {
        if (name == "none")
        {
            Assert.False(Directory.Exists(Folder), "the reference logs are there without their expected figures");
            return;
        }

        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected-breakdown.json")));
        LatencyEnvironment environment = TestEnvironments.Read(Path.Combine(Folder, name));
        int compared = 0;
        foreach ((BreakdownLevel level, string key) in Levels)
        {
            Dictionary<string, SegmentLatency> rows = Breakdown.Of(environment, level).ToDictionary(row => row.Segment!);
            foreach (JsonProperty part in expected.RootElement.GetProperty(name).GetProperty(key).EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.Number && part.Name != "Total"))
            {
                Assert.InRange(rows[part.Name].MeanUs!.Value, part.Value.GetDouble() - 0.001, part.Value.GetDouble() + 0.001);
                compared++;
            }
        }

        Assert.Equal(28, compared);
    }
}
