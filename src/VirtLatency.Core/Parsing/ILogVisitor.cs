using VirtLatency.Model;

namespace VirtLatency.Parsing;

/// <summary>Takes what a parser finds: to build objects, or to add up.</summary>
/// <typeparam name="TRecord">The tool's record.</typeparam>
public interface ILogVisitor<TRecord>
    where TRecord : struct
{
    /// <summary>A whole record, in the order in which records end in the file.</summary>
    /// <param name="record">The record; valid during the call only.</param>
    void Record(in TRecord record);

    /// <summary>Damage; reading goes on behind it.</summary>
    /// <param name="issue">Where and what.</param>
    void Issue(ParseIssue issue);
}
