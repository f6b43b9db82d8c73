using VirtLatency.Report;

namespace VirtLatency.Reporting.Html.Charts;

/// <summary>The five layers have a colour each, the same in all pictures; a segment has that of its layer.</summary>
internal static class Layer
{
    public static string LookOf(string id) => id switch
    {
        "VmInternal" or "A" or "F" or "G" or "H" or "M" => "fill vm",
        "HostForwarding" or "B" or "D" or "I" or "K" => "fill forwarding",
        "HostToHost" or "C+J" => "fill network",
        "VirtSender" or "B_1" or "L" => "fill virt-sender",
        "VirtReceiver" or "E" or "I_1" => "fill virt-receiver",
        _ => "fill rest",
    };

    /// <summary>A name and a value as pictures write them.</summary>
    public static string Said(string name, ReportChartItem item, int series) =>
        $"{name} {(item.Values[series] is { } value ? NumberText.Of(new NumberCell(value, ReportUnit.Microseconds) { Basis = item.Basis }) : "\u2014")}";

    /// <summary>Whether a bar is wide enough for words on a phone.</summary>
    /// <param name="words">The words.</param>
    /// <param name="width">The bar's width in percent of the picture.</param>
    public static bool Holds(string words, double width) => width >= 1.5 + (1.9 * words.Length);
}
