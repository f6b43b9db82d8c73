namespace VirtLatency.Report;

/// <summary>A number that there is not: not measured, or not computed. Writers show a dash, never 0.</summary>
public sealed record MissingCell : ReportCell
{
    /// <summary>The one there is.</summary>
    public static readonly MissingCell Instance = new();

    private MissingCell()
    {
    }
}
