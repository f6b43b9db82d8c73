namespace VirtLatency.Model;

/// <summary>How sure it is which tool printed a file.</summary>
public enum LogConfidence
{
    /// <summary>Nothing of a known tool was found.</summary>
    None,

    /// <summary>Lines in an abbreviated form, as reports quote them.</summary>
    Low,

    /// <summary>Records in the tool's layout, without its header.</summary>
    Medium,

    /// <summary>The header that only this tool prints.</summary>
    High,
}
