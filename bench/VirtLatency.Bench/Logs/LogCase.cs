using VirtLatency.Model;

namespace VirtLatency.Bench.Logs;

/// <summary>A log to be read by all, and what each of the others is asked about it.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Role">The role that it has for Import-LatencyEnvironment.</param>
/// <param name="Tool">The tool by the name that the Python parser knows.</param>
/// <param name="Write">Writes about so many packets of the log.</param>
/// <param name="Pattern">Found once for each record.</param>
/// <param name="Gawk">Adds up one field of every record.</param>
/// <param name="GawkRatio">Our speed is to be this many times gawk's; null where nothing is promised.</param>
internal sealed record LogCase(string Name, LogRole Role, string Tool, Action<TextWriter, int> Write, string Pattern, string[] Gawk, double? GawkRatio)
{
    /// <summary>Our speed is to be this many times the Python parser's.</summary>
    public double? PythonRatio { get; init; }

    /// <summary>Our speed is to be this share of wc -l's.</summary>
    public double? WcRatio { get; init; }

    /// <summary>One line in so many is damaged; 0 for none.</summary>
    public int DamagedLineIn { get; init; }
}
