using System.Text.Json;
using VirtLatency.Analysis;
using VirtLatency.Model;

namespace VirtLatency.Tests.Analysis;

/// <summary>
/// The same figures over a second, independent copy of the logs where one lies beside the checkout. Elsewhere the tests are
/// skipped, and say so; those over the example data stand alone.
/// </summary>
public sealed class SharedReferenceLogsTests
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Root, "..", "shared", "data", "reference-logs");

    private static readonly (BreakdownLevel Level, string Key)[] Levels =
    [
        (BreakdownLevel.Segment, "segment"), (BreakdownLevel.Container, "container"),
        (BreakdownLevel.Span, "span"), (BreakdownLevel.Layer, "layer_remainder"),
    ];

    [ReferenceLogsTheory]
    [InlineData("smtx")]
    [InlineData("zbs")]
    public void Means_agree_with_the_figures_computed_without_a_parser(string name)
    {
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

    private sealed class ReferenceLogsTheoryAttribute : TheoryAttribute
    {
        public ReferenceLogsTheoryAttribute() => Skip = Directory.Exists(Folder) ? null : "No reference logs lie beside this checkout.";
    }
}
