using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>The answer in three sentences, made from the findings: how much, where, and how sure with what to do next.</summary>
internal sealed class ReportAnswer(ReportSource source)
{
    /// <summary>Findings that name a place on the path, in the order in which a reader wants them.</summary>
    private static readonly string[] Places = ["VhostWorkerWakeup", "HostToHostIdleWakeup", "HostForwarding", "VmStackNotGuilty", "VmStackNotCleared"];

    /// <summary>Findings about the change itself.</summary>
    private static readonly string[] Changes = ["FixWithoutRoundTrip", "FixNotShown", "FixOnAnotherHost"];

    private const int MostPlaces = 3;

    private ReportText Text => source.Text;

    public IReadOnlyList<string> Sentences() => [HowMuch(), Where(), HowSure()];

    private string HowMuch() => Of("RoundTripDiffers") is { } finding
        ? Text.Format("Answer.HowMuch", Said(finding.Finding), Said(finding.Evidence).TrimEnd('.', '\u3002'))
        : Text["Answer.NoRoundTrip"];

    private string Where()
    {
        string[] places = [.. Places.Select(Of).OfType<LatencyFinding>().Take(MostPlaces).Select((finding, index) => index == 0 ? Said(finding.Finding) : Continued(Said(finding.Finding)))];
        return places.Length == 0 ? Text["Answer.Nowhere"] : Text.Format("Answer.Where", string.Join(Text["Answer.Separator"], places));
    }

    /// <summary>With a change the words are about it; without one about the confidence of the main finding.</summary>
    private string HowSure()
    {
        if (Changes.Select(Of).OfType<LatencyFinding>().FirstOrDefault() is { } change)
        {
            return Text.Format("Answer.Change", Said(change.Finding), CommandOf(change));
        }

        LatencyFinding? main = Of("RoundTripDiffers") ?? source.Findings.FirstOrDefault(finding => finding.Severity == nameof(FindingSeverity.Important));
        LatencyFinding? next = source.Findings.FirstOrDefault(finding => finding.Rule == "TooFewRuns") ?? main;
        return main is null ? Text["Answer.NoFinding"] : Text.Format("Answer.HowSure", Said(main.Confidence).TrimEnd('.', '\u3002'), CommandOf(next!));
    }

    private LatencyFinding? Of(string rule) => source.Findings.FirstOrDefault(finding => finding.Rule == rule);

    private string Said(string english) => Cells.Clean(Text.Phrase(english));

    /// <summary>A statement after a semicolon. Those of places begin with a word of their own, never with a name.</summary>
    private static string Continued(string statement) => char.ToLowerInvariant(statement[0]) + statement[1..];

    /// <summary>The first command; remarks before it say where it runs and stand in the finding.</summary>
    private static string CommandOf(LatencyFinding finding) =>
        Cells.Clean(finding.NextStep.Split('\n').FirstOrDefault(line => !line.StartsWith('#')) ?? finding.NextStep.Split('\n')[0]);
}
