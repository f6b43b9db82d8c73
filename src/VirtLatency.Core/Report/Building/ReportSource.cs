using VirtLatency.Analysis;
using VirtLatency.Findings;
using VirtLatency.Model;

namespace VirtLatency.Report.Building;

/// <summary>What all sections are made from: the evidence, gathered once, and the language.</summary>
internal sealed class ReportSource
{
    public ReportSource(ReportRequest request)
    {
        Request = request;
        Input = new FindingInput(request.Difference, request.Reference, request.After, request.CStateConfig, request.Test);
        Findings = FindingRules.Of(Input);
    }

    public ReportRequest Request { get; }

    public ReportText Text => Request.Text;

    /// <summary>The evidence; its tables are made once for findings and report.</summary>
    public FindingInput Input { get; }

    public IReadOnlyList<LatencyFinding> Findings { get; }

    public FindingPair Pair => Input.Compared!;

    /// <summary>Name of a part in the report's language; its own where the language has none.</summary>
    public string NameOf(string? id, string? own = null) => Text.Or("Part." + id, Cells.Clean(own ?? id));

    /// <summary>Names of the compared environments; the same name twice gets a mark.</summary>
    public (string Reference, string Difference) Names => Pair.Reference.Name == Pair.Difference.Name
        ? (Cells.Clean(Pair.Reference.Name), Text.Format("Name.Second", Cells.Clean(Pair.Difference.Name)))
        : (Cells.Clean(Pair.Reference.Name), Cells.Clean(Pair.Difference.Name));

    /// <summary>Name of the environment after the change, marked where a compared one has it too; null without one.</summary>
    public string? AfterName => Request.After is not { } after ? null
        : Cells.Clean(after.Name) is var name && (name == Names.Reference || name == Names.Difference) ? Text.Format("Name.After", name) : name;
}
