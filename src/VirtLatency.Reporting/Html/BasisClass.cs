using VirtLatency.Model;

namespace VirtLatency.Reporting.Html;

/// <summary>How a number's basis looks: a class of the style sheet, the same in tables and pictures.</summary>
internal static class BasisClass
{
    /// <summary>The class with a blank before it; empty for what was measured.</summary>
    public static string Of(Basis? basis) => basis switch
    {
        Basis.UpperBound => " bound",
        null or Basis.Measured => string.Empty,
        _ => " derived",
    };
}
