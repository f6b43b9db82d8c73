namespace VirtLatency.Reporting.Workbook;

/// <summary>Colours as RRGGBB; orange and blue stay apart for those who do not tell red from green, and black can be read on all but the first.</summary>
internal static class Colours
{
    public const string Head = "1F3864";
    public const string OnHead = "FFFFFF";
    public const string Faint = "595959";
    public const string Link = "0563C1";
    public const string Line = "D9D9D9";
    public const string Worse = "F8CBAD";
    public const string Better = "BDD7EE";
    public const string Doubtful = "FFF2CC";
    public const string Neutral = "FFFFFF";
    public const string Total = "8497B0";
    public const string Rise = "ED7D31";
    public const string Fall = "5B9BD5";

    /// <summary>Environments in the report's order: reference, compared, after the change.</summary>
    public static readonly IReadOnlyList<string> Environments = ["5B9BD5", "ED7D31", "70AD47"];

    /// <summary>Parts of a whole, in path order.</summary>
    public static readonly IReadOnlyList<string> Parts = ["7FB3D5", "F5B041", "82C9A0", "EC7063", "BB8FCE", "F7DC6F", "A6ACAF", "E59866", "76D7C4", "D98880", "AED6F1", "D7BDE2"];
}
