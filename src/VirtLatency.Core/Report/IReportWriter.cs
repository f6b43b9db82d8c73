namespace VirtLatency.Report;

/// <summary>Renders a report in one format. Writers know nothing of analysis: all they show is in the model.</summary>
public interface IReportWriter
{
    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="stream">Where it goes; it can be written and, for formats that need it, sought. It is left open.</param>
    void Write(LatencyReport report, Stream stream);
}
