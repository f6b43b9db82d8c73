namespace VirtLatency.Report;

/// <summary>One cell of a report's table: a <see cref="TextCell"/>, a <see cref="NumberCell"/> or a <see cref="MissingCell"/>.</summary>
public abstract record ReportCell
{
    private protected ReportCell()
    {
    }
}
